package keepwell;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * A whole node inside the test's JVM, on free ports and an embedded database in a folder of the
 * test's own.
 */
public final class TestNode implements AutoCloseable {
  private final Keepwell node;

  private TestNode(Keepwell node) {
    this.node = node;
  }

  public static TestNode start(Path data) {
    return start(data, Map.of(), InstantSource.system());
  }

  /** Starts a node with some settings of its own; its clocks are made of {@code real}. */
  public static TestNode start(Path data, Map<String, Object> settings, InstantSource real) {
    Map<String, Object> all = new HashMap<>();
    all.put("keepwell.http.port", 0);
    all.put("keepwell.management.port", 0);
    all.put("keepwell.remote.port", 0);
    all.put("keepwell.data-dir", data.toString());
    all.putAll(settings);
    Config config =
        ConfigFactory.load(
            ConfigFactory.parseMap(all).withFallback(ConfigFactory.defaultApplication()));
    return new TestNode(Keepwell.start(config, real));
  }

  public URI uri() {
    return node.uri();
  }

  @Override
  public void close() {
    node.close();
  }
}
