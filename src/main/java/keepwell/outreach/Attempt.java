package keepwell.outreach;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One attempt to deliver a message.
 *
 * @param at real time
 * @param status that was answered; empty if nothing was
 * @param problem empty if the message was taken
 * @param retryAfter for how long the subscriber wants to be left alone
 */
public record Attempt(
    Instant at,
    Duration took,
    Optional<Integer> status,
    Optional<String> problem,
    Optional<Duration> retryAfter) {
  /** Of what a server says; the rest is left out. */
  private static final int WORDS_MAX = 200;

  private static final int GONE = 410;
  private static final int SUCCESS_FIRST = 200;
  private static final int SUCCESS_LAST = 299;
  private static final int REDIRECTION_FIRST = 300;
  private static final int REDIRECTION_LAST = 399;

  static Attempt answered(Instant at, Duration took, int status, Optional<Duration> retryAfter) {
    return new Attempt(at, took, Optional.of(status), problem(status), retryAfter);
  }

  static Attempt failed(Instant at, Duration took, String problem) {
    return new Attempt(at, took, Optional.empty(), Optional.of(problem), Optional.empty());
  }

  /** The same, with what was said of a refusal. */
  Attempt saying(String words) {
    String shown =
        words
            .codePoints()
            .limit(WORDS_MAX)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString()
            .replaceAll("\\p{Cntrl}+", " ")
            .strip();
    return shown.isEmpty()
        ? this
        : new Attempt(at, took, status, problem.map(what -> what + ": " + shown), retryAfter);
  }

  private static Optional<String> problem(int status) {
    if (status >= SUCCESS_FIRST && status <= SUCCESS_LAST) {
      return Optional.empty();
    }
    return Optional.of(
        status >= REDIRECTION_FIRST && status <= REDIRECTION_LAST
            ? "redirects are not followed"
            : "not taken");
  }

  public boolean delivered() {
    return problem.isEmpty();
  }

  /** Whether the subscriber wants no more messages, ever. */
  boolean gone() {
    return status.filter(code -> code == GONE).isPresent();
  }
}
