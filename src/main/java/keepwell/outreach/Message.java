package keepwell.outreach;

import java.util.Optional;

/**
 * What is told beside tier changes.
 *
 * @param about empty if it is about no single account; else it comes after those before it about
 *     the same, but for e-mails
 */
public record Message(Optional<About> about, Content content) {

  /** An account, and by what its events are stored. */
  public record About(String persistenceId, String account) {}
}
