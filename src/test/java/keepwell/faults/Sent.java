package keepwell.faults;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import keepwell.account.Fingerprint;
import keepwell.health.Signal;

/** A signal that a client has sent, and what the client knows of it. */
final class Sent {
  static final String KEY = "work";

  /** The day on which product time starts. */
  static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

  /** The time of every {@code at}. */
  static final LocalTime TIME = LocalTime.of(8, 0);

  /** What is known after all of its deliveries; a later one outweighs an earlier. */
  enum Outcome {
    /** It was certainly not stored. */
    FAILED,
    /** It may have been stored. */
    UNKNOWN,
    /** It was acknowledged. */
    OK
  }

  final String account;

  /** Its value: a number that no other signal of its account has. */
  final int number;

  final Optional<String> id;
  final String user;

  /** The day of its {@code at}; negative for one that is refused, as it is in the future. */
  final int daysAgo;

  private Outcome outcome = Outcome.FAILED;

  Sent(String account, int number, boolean identified, int user, int daysAgo) {
    this.account = account;
    this.number = number;
    this.id = identified ? Optional.of("id-" + number) : Optional.empty();
    this.user = "user-" + user;
    this.daysAgo = daysAgo;
  }

  synchronized Outcome outcome() {
    return outcome;
  }

  /** Takes note of a delivery; tells whether it is the first that was acknowledged. */
  synchronized boolean delivered(Outcome delivery) {
    boolean first = delivery == Outcome.OK && outcome != Outcome.OK;
    if (delivery.compareTo(outcome) > 0) {
      outcome = delivery;
    }
    return first;
  }

  /** Whether it can do no harm to send it again. */
  boolean repeatable() {
    return daysAgo >= 0 && (id.isPresent() || outcome() == Outcome.FAILED);
  }

  LocalDate day() {
    return TODAY.minusDays(daysAgo);
  }

  Instant at() {
    return day().atTime(TIME).toInstant(ZoneOffset.UTC);
  }

  /** As the product stores it. */
  Signal signal(Fingerprint fingerprint) {
    long hash = id.map(fingerprint::of).orElse(0L);
    return new Signal(KEY, number, at(), fingerprint.of(user), 0, hash);
  }

  String json() {
    return "{\"account\":\"%s\",\"signal\":\"%s\",\"value\":%d,\"at\":\"%s\",\"user\":\"%s\"%s}"
        .formatted(
            account,
            KEY,
            number,
            at(),
            user,
            id.map(text -> ",\"id\":\"" + text + "\"").orElse(""));
  }

  @Override
  public String toString() {
    return account + "/" + number + " " + id.orElse("without id") + " " + outcome();
  }
}
