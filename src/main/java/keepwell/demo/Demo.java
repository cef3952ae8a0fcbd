package keepwell.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Fills a running node with half a year of a made-up B2B SaaS vendor's 200 customers, over HTTP,
 * and prints who is at risk and why. The portfolio is the same on every run; only its dates follow
 * the day it is run on.
 */
public final class Demo {
  private static final int SIGNALS_PER_REQUEST = 6_000;

  private final URI baseUri;
  private final Path scorecards;
  private final PrintStream out;
  private final DemoClient client;

  /**
   * A demo against one node.
   *
   * @param baseUri where the node answers, e.g. {@code http://127.0.0.1:8080}
   * @param scorecards the document to activate, {@code conf/scorecards/b2b-saas.json}
   * @param out where the report goes
   */
  public Demo(URI baseUri, Path scorecards, PrintStream out) {
    this.baseUri = baseUri;
    this.scorecards = scorecards;
    this.out = out;
    this.client = new DemoClient(baseUri);
  }

  /**
   * Runs the demo from the scorecard to the report, on a node that goes by a clock of its own.
   *
   * @param today the day on which the history ends; all signals are dated before its start, UTC
   * @throws IllegalStateException if an answer is not a 2xx, or a signal is refused
   * @throws UncheckedIOException if the node cannot be reached, or the document not be read
   */
  public void run(LocalDate today) {
    List<DemoAccount> accounts = DemoPortfolio.accounts();
    JsonNode document = prepare(accounts, today);
    sendHistory(DemoHistory.of(accounts, today), accounts.size());
    report(accounts, document, today).printEnd(baseUri);
  }

  /**
   * Runs the demo on a node that goes by a clock of the demo's: customers have left, too, it is
   * known what became of others, and the last days are lived through, with all that a node does.
   *
   * @throws IllegalStateException if an answer is not a 2xx, or a signal is refused
   * @throws UncheckedIOException if the node cannot be reached, or the document not be read
   */
  public void live(DemoClock clock) {
    List<DemoAccount> accounts = DemoPortfolio.accounts();
    List<DemoAccount> all = new ArrayList<>(accounts);
    all.addAll(DemoPortfolio.leavers());
    LocalDate today = clock.today();
    JsonNode document = prepare(all, today);
    String first = clock.first().toString(); // times and dates are in the order of their texts
    List<DemoSignal> signals = DemoHistory.of(all, today);
    int before = (int) signals.stream().filter(signal -> signal.at().compareTo(first) < 0).count();
    sendHistory(signals.subList(0, before), all.size());
    List<DemoOutcome> outcomes =
        all.stream().flatMap(account -> DemoOutcome.of(account, today).stream()).toList();
    sent(
        client.post(
            "/v1/outcomes",
            outcomes.stream().filter(outcome -> outcome.at().compareTo(first) < 0).toList()));
    var progress =
        new ProgressBar(out, "Living the last days", ChronoUnit.DAYS.between(clock.first(), today));
    new Lived(client, clock).live(signals.subList(before, signals.size()), outcomes, progress);
    Report report = report(accounts, document, today);
    report.printWork(baseUri, client.get("/v1/tasks?state=open&limit=500").path("items"));
    report.printTruth(baseUri, client.get("/v1/validation"));
    report.printEnd(baseUri);
  }

  private JsonNode prepare(List<DemoAccount> accounts, LocalDate today) {
    out.printf(
        Locale.ROOT,
        "%d made-up customers of a B2B SaaS vendor, %d days up to %s%n",
        accounts.size(),
        DemoPortfolio.USAGE_DAYS,
        today.minusDays(1));
    JsonNode document = readScorecards();
    client.put("/v1/scorecards", document);
    for (DemoAccount account : accounts) {
      client.put(
          "/v1/accounts/" + account.id(),
          Map.of("name", account.name(), "owner", account.owner(), "segment", account.segment()));
    }
    return document;
  }

  private Report report(List<DemoAccount> accounts, JsonNode document, LocalDate today) {
    List<JsonNode> standings =
        accounts.stream().map(account -> client.get("/v1/accounts/" + account.id())).toList();
    var report = new Report(out, standings);
    report.printTiers(document.at("/scorecards/0/tiers"));
    report.printAtRisk(baseUri, today);
    return report;
  }

  /** Shows every rescoring from now on, for as long as the process lives. */
  public void watch() {
    Thread thread = new Thread(new RescoringWatch(out, client), "rescoring-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private JsonNode readScorecards() {
    try {
      return new ObjectMapper().readTree(scorecards.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the scorecards of " + scorecards, e);
    }
  }

  private void sendHistory(List<DemoSignal> signals, int accounts) {
    var progress = new ProgressBar(out, "Sending signals", signals.size());
    long duplicates = 0;
    long start = System.nanoTime();
    for (int from = 0; from < signals.size(); from += SIGNALS_PER_REQUEST) {
      int to = Math.min(from + SIGNALS_PER_REQUEST, signals.size());
      duplicates += sent(client.post("/v1/signals?quiet=true", signals.subList(from, to)));
      progress.show(to);
    }
    double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
    out.printf(
        Locale.ROOT,
        "%,d signals into %d accounts in %.1f s, each stored and in its account's score%s%n",
        signals.size(),
        accounts,
        seconds,
        duplicates == 0 ? "" : String.format(Locale.ROOT, " (%,d of them before)", duplicates));
  }

  /** How many of what was sent were duplicates; nothing may have been rejected. */
  static long sent(JsonNode answer) {
    if (!answer.path("rejected").isEmpty()) {
      throw new IllegalStateException("Some were rejected: " + answer);
    }
    return answer.path("duplicates").asLong();
  }
}
