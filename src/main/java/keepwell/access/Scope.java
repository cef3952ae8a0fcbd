package keepwell.access;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a key may do. */
public enum Scope {
  /** Sends signals, and sees nothing. */
  INGEST,

  /** Asks, and changes nothing. */
  READ,

  /** Does everything. */
  ADMIN;

  /** Empty if there is none of this name. */
  static Optional<Scope> named(String name) {
    return Stream.of(values()).filter(scope -> scope.toString().equals(name)).findAny();
  }

  /** Whether who has this may do what needs the other. */
  boolean covers(Scope needed) {
    return this == ADMIN || this == needed;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
