package keepwell.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Shows how far the accounts are settled by each new version of the scorecards, whoever has put it,
 * and what became of them.
 */
final class RescoringWatch implements Runnable {
  private static final String RESCORING = "/v1/scorecards/rescoring";
  private static final String CHANGES = "/v1/tier-changes?limit=1000&after=";
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final PrintStream out;
  private final DemoClient client;
  private final Set<String> changed = new HashSet<>();
  private int told;
  private int shown;
  private long total;
  private ProgressBar bar;
  private boolean over;
  private long feedRead;

  /** A watch for versions later than the one by which accounts were settled last. */
  RescoringWatch(PrintStream out, DemoClient client) {
    this.out = out;
    this.client = client;
    this.told = client.get(RESCORING).path("version").asInt();
  }

  /** Looks again and again until it is interrupted. */
  @Override
  public void run() {
    try {
      while (true) {
        TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        lookIfReached();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void lookIfReached() {
    try {
      look();
    } catch (IllegalStateException | UncheckedIOException e) {
      // a node that is busy or stopping answers later, or never
    }
  }

  /** Asks once how far it is, and shows that. */
  void look() {
    JsonNode now = client.get(RESCORING);
    int version = now.path("version").asInt();
    if (version == told) {
      return;
    }
    if (version != shown) {
      begin(version, now.path("accounts").asLong());
    }
    if (now.path("endedAt").isNull()) {
      bar.show(Math.min(now.path("rescored").asLong(), total - 1)); // the end is shown once
    } else if (isFeedRead()) {
      bar.show(total);
      tell(now);
    }
  }

  private void begin(int version, long accounts) {
    shown = version;
    total = Math.max(1, accounts);
    bar = new ProgressBar(out, "Rescoring by version " + version, total);
    over = false;
    changed.clear();
  }

  /** The feed follows: all that belongs to it is there when nothing came since the last look. */
  private boolean isFeedRead() {
    boolean isFirstLook = !over;
    over = true;
    return readFeed() == 0 && !isFirstLook;
  }

  private int readFeed() {
    int read = 0;
    JsonNode page;
    do {
      page = client.get(CHANGES + feedRead);
      for (JsonNode change : page.path("items")) {
        read++;
        if (change.at("/scorecard/version").asInt() == shown
            && change.path("reason").asText().equals("scorecard")) {
          changed.add(change.path("account").asText());
        }
      }
      feedRead = page.path("next").asLong();
    } while (!page.path("items").isEmpty());
    return read;
  }

  private void tell(JsonNode ended) {
    Duration took =
        Duration.between(
            Instant.parse(ended.path("beganAt").asText()),
            Instant.parse(ended.path("endedAt").asText()));
    out.printf(
        Locale.ROOT,
        "Version %d: %,d accounts rescored in %.1f s, and %,d of them changed tier%n",
        shown,
        ended.path("rescored").asLong(),
        took.toMillis() / 1000.0,
        changed.size());
    told = shown;
  }
}
