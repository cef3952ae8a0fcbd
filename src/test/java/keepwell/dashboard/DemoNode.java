package keepwell.dashboard;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import keepwell.TestNode;
import keepwell.demo.Demo;
import keepwell.demo.DemoClock;
import keepwell.http.Api;

/** A node with the portfolio of the demo. */
final class DemoNode implements AutoCloseable {
  private static final Path SCORECARDS = Path.of("conf/scorecards/b2b-saas.json");

  private final TestNode node;

  DemoNode(Path data) {
    DemoClock clock = new DemoClock(InstantSource.system());
    node = TestNode.start(data, Map.of(), clock);
    PrintStream unseen =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    new Demo(node.uri(), SCORECARDS, unseen).live(clock);
  }

  URI uri() {
    return node.uri();
  }

  Api api() {
    return new Api(node.uri());
  }

  @Override
  public void close() {
    node.close();
  }
}
