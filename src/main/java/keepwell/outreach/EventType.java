package keepwell.outreach;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import keepwell.portfolio.TierChange;

/** What subscribers can be told of. */
public enum EventType {
  /** An account has moved from one tier to another, or has got its first. */
  TIER_CHANGED("tier.changed"),

  /** Nothing may be kept of an account any more. */
  ACCOUNT_ERASED("account.erased"),

  /** A playbook tells of an account. */
  PLAYBOOK_NOTIFIED("playbook.notified");

  private final String name;

  EventType(String name) {
    this.name = name;
  }

  /** The one by which a change is told. */
  public static EventType of(TierChange change) {
    return change.reason().equals(TierChange.ERASED) ? ACCOUNT_ERASED : TIER_CHANGED;
  }

  /** Empty if none has this name. */
  public static Optional<EventType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.name.equals(name)).findAny();
  }

  /** All names. */
  public static List<String> names() {
    return Arrays.stream(values()).map(EventType::toString).toList();
  }

  /** Its name, with full stops. */
  @Override
  public String toString() {
    return name;
  }
}
