package keepwell.gatling;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What was asked for, as system properties; an empty one is as if it were not there. */
final class Parameters {
  private static final String URL = "url";
  private static final String KEY_VARIABLE = "KEEPWELL_KEY";

  private Parameters() {}

  /** The simple name of the simulation. */
  static String simulation() {
    return text("simulation").orElse("Steady");
  }

  /** Where a node runs already. */
  static Optional<URI> url() {
    return text(URL).map(URI::create);
  }

  /** Says where the node is that was started for this run. */
  static void putUrl(URI url) {
    System.setProperty(URL, url.toString());
  }

  static boolean postgres() {
    String database = text("database").orElse("h2");
    if (!database.equals("h2") && !database.equals("postgres")) {
      throw new IllegalArgumentException("database is neither h2 nor postgres: " + database);
    }
    return database.equals("postgres");
  }

  /** The API key, which is in a file or in a variable, as a command line can be seen by others. */
  static Optional<String> key() {
    Optional<String> file = text("key-file");
    try {
      return file.isPresent()
          ? Optional.of(Files.readString(Path.of(file.get())).strip())
          : Optional.ofNullable(System.getenv(KEY_VARIABLE)).filter(key -> !key.isBlank());
    } catch (IOException e) {
      throw new IllegalArgumentException("key-file cannot be read: " + file.get(), e);
    }
  }

  static int accounts() {
    return number("accounts", 1_000);
  }

  static int seed() {
    return number("seed", 1);
  }

  /** How many requests a second there are at most. */
  static int perSecond(int otherwise) {
    return number("perSecond", otherwise);
  }

  /** How long the load is. */
  static int seconds(int otherwise) {
    return number("seconds", otherwise);
  }

  private static int number(String name, int otherwise) {
    Optional<String> text = text(name);
    if (text.isPresent() && !text.get().matches("[1-9]\\d{0,8}")) {
      throw new IllegalArgumentException(name + " is not a whole number from 1 on: " + text.get());
    }
    return text.map(Integer::parseInt).orElse(otherwise);
  }

  private static Optional<String> text(String name) {
    return Optional.ofNullable(System.getProperty(name)).filter(value -> !value.isBlank());
  }
}
