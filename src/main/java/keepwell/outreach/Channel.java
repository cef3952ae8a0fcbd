package keepwell.outreach;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A way that the operator has opened, or not yet. It is never disabled.
 *
 * @param id {@link #SLACK} or {@link #EMAIL}
 * @param configured whether messages go by it
 * @param failingSince when it began to refuse everything; empty while it does not
 */
public record Channel(String id, boolean configured, Optional<Instant> failingSince)
    implements Recipient {
  public static final String SLACK = "slack";
  public static final String EMAIL = "email";

  /** All there are. */
  public static final List<String> IDS = List.of(SLACK, EMAIL);
}
