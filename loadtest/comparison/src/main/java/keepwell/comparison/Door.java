package keepwell.comparison;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import keepwell.node.Node;

/**
 * A way in which signals come by HTTP.
 *
 * @param signals of a request
 */
record Door(String name, Supplier<ByteBuffer> requests, int signals, int connections) {
  static final List<Door> ALL =
      List.of(
          new Door("single", Requests.single(Requests.ACCOUNTS), 1, 256),
          new Door("arrays of 100", Requests.mixed(), Requests.BATCH, 16));

  /** Signals a second, as many as are accepted. */
  double load(Node node, int seconds) throws IOException {
    return load(List.of(node), seconds);
  }

  /** The same to several nodes at once. */
  double load(List<Node> nodes, int seconds) throws IOException {
    HttpLoad.Result result =
        new HttpLoad(requests, "\"accepted\":" + signals + ",")
            .run(
                nodes.stream().map(Node::address).toList(),
                connections,
                Duration.ofSeconds(seconds),
                Double.POSITIVE_INFINITY);
    if (result.refused() > 0) {
      System.out.println(
          "Refused, not counted: " + result.refused() + ", at last " + result.refusal());
    }
    return signals * result.perSecond();
  }
}
