package keepwell.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import keepwell.node.Node;
import org.HdrHistogram.Histogram;

/**
 * How long the lists of accounts and the sums over them take, by HTTP from a few connections: each
 * filter with each sort, the first page and one far behind it. Requests take turns with values of a
 * filter that many accounts have, and few.
 */
final class Lists {
  private static final int CONNECTIONS = 4;
  private static final Duration WARM = Duration.ofSeconds(20);

  /** There are few kinds of sums, so each is asked for so many times as long. */
  private static final int SUMS_LONGER = 8;

  /** Nineteen pages. */
  private static final int PASSED_OVER = 950;

  private static final int TOLD = 15;
  private static final double LIST_GOAL_MS = 50;
  private static final double PORTFOLIO_GOAL_MS = 200;
  private static final long LATENCY_NANOS_MAX = Duration.ofMinutes(1).toNanos();
  private static final List<String> SUMS = List.of("", "?by=segment", "?by=owner", "?by=parent");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, List<String>> FILTERS = new LinkedHashMap<>();

  static {
    FILTERS.put("", List.of(""));
    FILTERS.put("tier", List.of("green", "yellow", "red"));
    FILTERS.put("owner", List.of("owner-0", "owner-1", "owner-10", "owner-60", "owner-199"));
    FILTERS.put("segment", List.of("smb", "mid-market", "enterprise"));
    FILTERS.put("parent", List.of("parent-0", "parent-1", "parent-10", "parent-1000"));
    FILTERS.put("q", List.of("a", "Acme", "zenith bank", "Yellow Bank 1", "customer-77"));
    FILTERS.put("below", List.of("95", "80", "50", "20", "3"));
    FILTERS.put("renewingWithin", List.of("P7D", "P30D", "P90D", "P365D"));
  }

  private static final List<String> SORTS =
      Stream.of("score", "arr", "trend", "renewal", "name")
          .flatMap(sort -> Stream.of(sort, "-" + sort))
          .toList();

  private final Postgres postgres;
  private final Node node;
  private final Duration each = Duration.ofMillis(Integer.getInteger("listMillis"));
  private final List<Measured> measured = new ArrayList<>();

  /** Requests of one kind. */
  private record Measured(String name, List<String> paths, Histogram latencies) {
    double ms(double percentile) {
      return latencies.getValueAtPercentile(percentile) / 1e6;
    }
  }

  Lists(Postgres postgres, Node node) {
    this.postgres = postgres;
    this.node = node;
  }

  /** Fills a database whose tables are there. */
  static void seed(Postgres postgres, String database, int accounts) throws IOException {
    postgres.run(
        database,
        "/portfolio.sql",
        Map.of(
            "accounts", Long.toString(accounts),
            "today", Long.toString(LocalDate.now(ZoneOffset.UTC).toEpochDay())));
    System.out.printf(Locale.ROOT, "%n%,d accounts in the lists%n", accounts);
  }

  void measure() throws Exception {
    warm();
    for (String by : SUMS) {
      tell(run("portfolio" + by, List.of("/v1/portfolio" + by), each), PORTFOLIO_GOAL_MS);
    }
    ask();
    tell();
    explain();
  }

  /** The same, of which only the percentiles of all lists together are noted, and of all sums. */
  void measure(String where, Figures figures) throws IOException, InterruptedException {
    warm();
    Histogram sums = new Histogram(LATENCY_NANOS_MAX, 3);
    for (String by : SUMS) {
      Duration longer = each.multipliedBy(SUMS_LONGER);
      sums.add(run("portfolio" + by, List.of("/v1/portfolio" + by), longer).latencies());
    }
    ask();
    note(where + "lists", all(), figures);
    note(where + "sums", sums, figures);
  }

  private static void note(String name, Histogram latencies, Figures figures) {
    figures.note(name + ", ms, p50", latencies.getValueAtPercentile(50) / 1e6);
    figures.note(name + ", ms, p99", latencies.getValueAtPercentile(99) / 1e6);
  }

  private void warm() throws IOException {
    List<String> warm =
        List.of("/v1/accounts", "/v1/accounts?q=a&sort=-arr", "/v1/portfolio?by=owner");
    run("warm", warm, WARM);
  }

  private void ask() throws IOException, InterruptedException {
    for (Map.Entry<String, List<String>> filter : FILTERS.entrySet()) {
      for (String sort : SORTS) {
        List<String> first = new ArrayList<>();
        List<String> far = new ArrayList<>();
        for (String value : filter.getValue()) {
          String path = path(filter.getKey(), value, sort);
          first.add(path);
          far(path).ifPresent(far::add);
        }
        String name = filter.getKey() + ", " + sort;
        measured.add(run(name, first, each));
        if (!far.isEmpty()) {
          measured.add(run(name + ", a page by cursor", far, each));
        }
      }
    }
  }

  private static String path(String filter, String value, String sort) {
    return "/v1/accounts?sort="
        + sort
        + (filter.isEmpty()
            ? ""
            : "&" + filter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
  }

  /** The page after those that are passed over; empty if there is none. */
  private Optional<String> far(String first) throws IOException, InterruptedException {
    JsonNode next = JSON.readTree(node.body(first + "&limit=" + PASSED_OVER)).get("next");
    return Optional.ofNullable(next.textValue()).map(cursor -> first + "&cursor=" + cursor);
  }

  private Measured run(String name, List<String> paths, Duration duration) throws IOException {
    HttpLoad load = new HttpLoad(Gets.inTurn(paths), "{");
    Histogram latencies =
        load.run(List.of(node.address()), CONNECTIONS, duration, Double.POSITIVE_INFINITY)
            .latencies();
    return new Measured(name, paths, latencies);
  }

  private static void tell(Measured one, double goal) {
    System.out.printf(
        Locale.ROOT,
        "%-48s %,7d answers %8.1f ms p50 %8.1f ms p99  of %.0f ms%n",
        one.name(),
        one.latencies().getTotalCount(),
        one.ms(50),
        one.ms(99),
        goal);
  }

  private Histogram all() {
    Histogram all = new Histogram(LATENCY_NANOS_MAX, 3);
    measured.forEach(one -> all.add(one.latencies()));
    return all;
  }

  private void tell() {
    tell(new Measured("all lists", List.of(), all()), LIST_GOAL_MS);
    measured.sort(Comparator.comparing((Measured one) -> one.ms(99)).reversed());
    long within = measured.stream().filter(one -> one.ms(99) < LIST_GOAL_MS).count();
    System.out.printf("%d of %d kinds are within; the slowest:%n", within, measured.size());
    measured.stream().limit(TOLD).forEach(one -> tell(one, LIST_GOAL_MS));
  }

  /** Tells how the database does what is too slow; each once more, and alone. */
  private void explain() throws Exception {
    for (Measured slow : measured) {
      if (slow.ms(99) >= LIST_GOAL_MS) {
        for (String path : slow.paths()) {
          System.out.println("\n" + slow.name() + ": " + path.replaceAll("cursor=.*", "cursor"));
          System.out.println(
              postgres.explain(Duration.ofMillis((long) LIST_GOAL_MS / 4), () -> node.body(path)));
        }
      }
    }
  }
}
