package keepwell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All names that a node knows, and where they lead; it asks nobody else, and every time again. */
final class Names {
  private final Path file;
  private final Map<String, List<String>> addresses =
      new ConcurrentHashMap<>(Map.of("localhost", List.of("127.0.0.1")));

  /**
   * @param file where it is told
   */
  Names(Path file) {
    this.file = file;
  }

  /** A name leads to these addresses from now on. */
  Names lead(String name, String... to) {
    addresses.put(name, List.of(to));
    String hosts =
        addresses.entrySet().stream()
            .flatMap(entry -> entry.getValue().stream().map(ip -> ip + " " + entry.getKey()))
            .collect(Collectors.joining("\n", "", "\n"));
    try {
      Path next = Files.writeString(Path.of(file + ".next"), hosts);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  Set<String> all() {
    return Set.copyOf(addresses.keySet());
  }

  /** By which a node goes by them, and more of its own. */
  String[] options(String... more) {
    return Stream.concat(
            Stream.of(
                "-Djdk.net.hosts.file=" + file,
                "-Dsun.net.inetaddr.ttl=0",
                "-Dsun.net.inetaddr.negative.ttl=0"),
            Stream.of(more))
        .toArray(String[]::new);
  }
}
