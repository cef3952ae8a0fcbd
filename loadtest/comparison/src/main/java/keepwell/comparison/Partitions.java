package keepwell.comparison;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import keepwell.node.Node;

/**
 * What it costs to have the journal and the snapshots in partitions: the same signals, of which
 * every twentieth moves a standing, in turns to two nodes, each with a database of its own.
 */
final class Partitions {
  private static final int WARM_SECONDS = 30;

  private final Node whole;
  private final Node partitioned;

  Partitions(Node whole, Node partitioned) {
    this.whole = whole;
    this.partitioned = partitioned;
  }

  void measure(int rounds, int seconds) throws IOException, InterruptedException {
    System.out.printf("%nSignals a second by HTTP, with the journal in partitions%n");
    List<Node> nodes = new ArrayList<>(List.of(whole, partitioned));
    for (Node node : nodes) {
      node.put("/v1/scorecards", Moving.SCORECARDS);
      for (Door door : Door.ALL) {
        load(door, node, WARM_SECONDS);
      }
    }
    Figures figures = new Figures();
    Random order = new Random(rounds);
    for (int round = 0; round < rounds; round++) {
      for (Door door : Door.ALL) {
        Collections.shuffle(nodes, order);
        Map<Node, Double> perSecond = new LinkedHashMap<>();
        for (Node node : nodes) {
          perSecond.put(node, load(door, node, seconds));
        }
        String yardstick = door.name() + ", one table";
        figures.note(yardstick, perSecond.get(whole));
        figures.compare(
            door.name() + ", 16 partitions",
            perSecond.get(partitioned),
            yardstick,
            perSecond.get(whole));
      }
    }
    figures.print();
  }

  /** Signals a second, until the read side has followed them too. */
  private static double load(Door door, Node node, int seconds)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    double perSecond = door.load(node, seconds);
    double answered = System.nanoTime() - start;
    node.settle();
    return perSecond * answered / (System.nanoTime() - start);
  }
}
