package keepwell.outreach;

import java.time.Instant;

/**
 * An appointment in the calendar of who gets it by e-mail.
 *
 * @param uid the same for the same appointment, in all the world
 * @param at when it was made
 * @param start when it begins
 * @param end when it is over
 */
public record Invitation(
    String uid, Instant at, Instant start, Instant end, String summary, String description) {
  public Invitation {
    if (!start.isBefore(end)) {
      throw new IllegalArgumentException("an appointment ends after it has begun");
    }
  }
}
