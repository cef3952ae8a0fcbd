package keepwell.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import keepwell.node.Node;

/**
 * How long it takes until a draft has been previewed on a sample of the accounts, and one and two
 * on all of them, by a node that has none in memory; and how far the sample was from the truth.
 */
final class Previews {
  private static final int SAMPLE = 10_000;

  /** Of percentages. */
  private static final double ROUNDING = 1e-9;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DRAFT = Weights.document(25, 30);
  private static final String OTHER_DRAFT = Weights.document(60, 10);
  private static final String BOTH = "{\"drafts\": [%s, %s]}".formatted(DRAFT, OTHER_DRAFT);

  private final Postgres postgres;
  private final Node node;

  Previews(Postgres postgres, Node node) {
    this.postgres = postgres;
    this.node = node;
  }

  void measure() throws IOException, InterruptedException {
    System.out.printf("%nPreviews%n");
    try (Heap heap = new Heap(node.pid())) {
      tell("MB of heap that the node may use", heap.max());
      JsonNode sample = run("sample of " + SAMPLE, "?sample=" + SAMPLE, DRAFT, heap);
      JsonNode all = run("one draft", "", DRAFT, heap);
      run("two drafts", "", BOTH, heap);
      run("sample of " + SAMPLE + ", again", "?sample=" + SAMPLE, DRAFT, heap);
      tellErrors(sample, all);
    }
  }

  private JsonNode run(String name, String query, String drafts, Heap heap)
      throws IOException, InterruptedException {
    double live = heap.live();
    double unused = heap.peak();
    Duration cpu = node.cpu();
    Duration databaseCpu = postgres.cpu();
    long start = System.nanoTime();
    JsonNode preview =
        JSON.readTree(node.post("/v1/scorecards/preview" + query, drafts)).get("preview");
    double seconds = (System.nanoTime() - start) / 1e9;
    long accounts = preview.get("accounts").longValue();
    tell(name + ", accounts", accounts);
    tell(name + ", unanswered", preview.get("unanswered").longValue());
    tell(name + ", minutes", seconds / 60);
    tell(name + ", accounts a second", accounts / seconds);
    tell(name + ", CPU ms of the node, of an account", millis(node.cpu(), cpu) / accounts);
    tell(
        name + ", CPU ms of the database, of an account",
        millis(postgres.cpu(), databaseCpu) / accounts);
    tell(name + ", MB of heap at most", heap.peak());
    tell(name + ", MB of heap that it has left reached", heap.live() - live);
    return preview;
  }

  private static double millis(Duration after, Duration before) {
    return after.minus(before).toNanos() / 1e6;
  }

  /** Shares by the draft, of the sample and of all. */
  private static void tellErrors(JsonNode sample, JsonNode all) {
    JsonNode guesses = sample.get("comparisons").get(0).get("tiers");
    JsonNode truths = all.get("comparisons").get(0).get("tiers");
    for (int i = 0; i < guesses.size(); i++) {
      JsonNode guess = guesses.get(i).get("after");
      double truth = 100 * truths.get(i).get("after").get("share").doubleValue();
      double low = 100 * guess.get("low").doubleValue();
      double high = 100 * guess.get("high").doubleValue();
      System.out.printf(
          Locale.ROOT,
          "%-8s %8.3f %% of the sample, between %.3f and %.3f; %8.3f %% of all: %s%n",
          guesses.get(i).get("tier").asText(),
          100 * guess.get("share").doubleValue(),
          low,
          high,
          truth,
          low - ROUNDING <= truth && truth <= high + ROUNDING ? "within" : "beyond");
    }
  }

  private static void tell(String name, double value) {
    System.out.printf(Locale.ROOT, "%-64s %,12.3f%n", name, value);
  }
}
