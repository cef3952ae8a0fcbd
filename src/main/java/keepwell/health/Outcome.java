package keepwell.health;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What became of an account. */
public enum Outcome {
  CHURNED,
  RENEWED,
  EXPANDED,
  DOWNGRADED;

  /** The one that is called so; empty if there is none. */
  public static Optional<Outcome> named(String name) {
    return Stream.of(values()).filter(outcome -> outcome.toString().equals(name)).findAny();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
