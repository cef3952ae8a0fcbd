package keepwell.comparison;

import java.io.IOException;

/** What the read side takes from ingestion: rounds with it and without it in turn. */
final class Ingestion {
  private static final int[] UNDER_WAY = {500, 5_000};
  private static final int WARM_SECONDS = 20;

  private Ingestion() {}

  static void measure(InsideProcess moving, int rounds, int seconds) throws IOException {
    System.out.printf("%nSignals a second inside a node that moves standings%n");
    for (int underWay : UNDER_WAY) {
      moving.measure("followed %d %d".formatted(WARM_SECONDS, underWay));
    }
    Figures figures = new Figures();
    for (int round = 0; round < rounds; round++) {
      for (int underWay : UNDER_WAY) {
        String name = underWay + " under way";
        double before = moving.measure("alone %d %d".formatted(seconds, underWay))[0];
        double[] followed = moving.measure("followed %d %d".formatted(seconds, underWay));
        double after = moving.measure("alone %d %d".formatted(seconds, underWay))[0];
        double alone = (before + after) / 2;
        figures.note(name + ", without the read side", alone);
        figures.compare(name + ", with it", followed[0], "without", alone);
        figures.compare(name + ", with it, until it has followed", followed[1], "without", alone);
        figures.note(name + ", % of signals with an event for it", followed[2] * 100);
      }
    }
    figures.print();
  }
}
