package keepwell.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import keepwell.TestNode;
import keepwell.access.ApiKey;
import keepwell.access.KeyFile;
import keepwell.access.Scope;

/** A node that asks for keys. */
final class KeysNode implements AutoCloseable {
  final String ingest = ApiKey.random();
  final String read = ApiKey.random();
  final String admin = ApiKey.random();

  private final List<String> lines = new ArrayList<>();
  private final Path file;
  private final TestNode node;

  KeysNode(Path data) {
    this(data, Map.of());
  }

  /** A node with some settings of its own. */
  KeysNode(Path data, Map<String, Object> settings) {
    file = data.resolve("keys");
    lines.add(line("crm", Scope.INGEST, ingest));
    lines.add(line("bi", Scope.READ, read));
    lines.add(line("dana", Scope.ADMIN, admin));
    write();
    Map<String, Object> all = new HashMap<>(settings);
    all.put("keepwell.api-keys", file.toString());
    all.put("keepwell.webhooks.allow-private", true);
    node = TestNode.start(data, all, InstantSource.system());
  }

  private static String line(String name, Scope scope, String key) {
    return KeyFile.line(new ApiKey(name, Set.of(scope), ApiKey.Hash.of(key), OptionalInt.empty()));
  }

  private void write() {
    write(String.join("\n", lines));
  }

  /** Writes the file of keys. */
  void write(String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a key; the node takes a moment to see it. */
  String add(String name, Scope scope, String more) {
    String key = ApiKey.random();
    lines.add(line(name, scope, key) + more);
    write();
    return key;
  }

  /** Removes all keys of a name. */
  void remove(String name) {
    lines.removeIf(line -> line.startsWith(name + " "));
    write();
  }

  URI uri() {
    return node.uri();
  }

  Api with(String key) {
    return new Api(uri(), key);
  }

  Api without() {
    return new Api(uri());
  }

  String key(Scope scope) {
    return switch (scope) {
      case INGEST -> ingest;
      case READ -> read;
      case ADMIN -> admin;
    };
  }

  @Override
  public void close() {
    node.close();
  }
}
