package keepwell.http;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import keepwell.playbook.Storm;
import keepwell.playbook.StormLog;

/**
 * Why runs are held, and how many, as public JSON.
 *
 * @param cause {@code many} or {@code silence}
 * @param signal that has gone silent
 * @param day the last whose runs it holds
 * @param accounts whose runs it still holds
 */
record StormBody(
    long id,
    String cause,
    String signal,
    LocalDate day,
    Instant beganAt,
    String state,
    Instant endedAt,
    long accounts,
    List<HeldBody> playbooks) {

  /** How many runs of a playbook are held. */
  record HeldBody(String playbook, long runs) {}

  static StormBody of(StormLog.Digest digest) {
    Storm storm = digest.storm();
    return new StormBody(
        storm.id(),
        Json.text(storm.cause()),
        storm.signal().orElse(null),
        LocalDate.ofEpochDay(storm.day()),
        storm.beganAt(),
        Json.text(storm.state()),
        storm.endedAt().orElse(null),
        digest.accounts(),
        digest.playbooks().stream()
            .map(held -> new HeldBody(held.playbook(), held.runs()))
            .toList());
  }
}
