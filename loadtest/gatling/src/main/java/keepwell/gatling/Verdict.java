package keepwell.gatling;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a run has shown: a table of figures, and what is wrong with them. Times are compared with
 * the run's own baseline alone, as no machine is as fast as another, nor as it was an hour ago.
 */
final class Verdict {
  private static final String LINE = "%-32s %9s %6s %7s %7s %7s %7s %7s %8s %8s %10s%n";
  private static final double NANOS = 1e9;

  private final Map<String, Measured> measured;

  /**
   * @param measured by the name of the requests
   */
  Verdict(Map<String, Measured> measured) {
    this.measured = measured;
  }

  /** What is wrong; nothing, if it is as it should be. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    new TreeMap<>(measured)
        .forEach(
            (name, figures) -> {
              if (figures.failures() > 0) {
                faults.add("%s: %,d failed".formatted(name, figures.failures()));
              }
            });
    List<Request> loaded = loaded();
    if (loaded.isEmpty()) {
      faults.add("nothing was answered under load");
    }
    for (Request request : loaded) {
      faults.addAll(slower(request));
    }
    return faults;
  }

  private List<String> slower(Request request) {
    Measured baseline = measured.get(request.baseline());
    if (baseline == null || baseline.count() == 0) {
      return List.of("%s: there is no baseline".formatted(name(request)));
    }
    double limit = request.limitMillis(baseline.millis(95));
    double reached = measured.get(name(request)).millis(95);
    return reached <= limit
        ? List.of()
        : List.of(
            "%s: p95 is %,.1f ms; with a baseline of %,.1f ms it may be %,.1f ms"
                .formatted(name(request), reached, baseline.millis(95), limit));
  }

  /** What has figures under load. */
  private List<Request> loaded() {
    return Stream.of(Request.values())
        .filter(request -> measured.containsKey(name(request)))
        .filter(request -> measured.get(name(request)).count() > 0)
        .toList();
  }

  private static String name(Request request) {
    return request.name(Phase.LOAD);
  }

  /** How many signals were acknowledged, in all phases. */
  long acknowledged() {
    return measured.values().stream().mapToLong(Measured::signals).sum();
  }

  /**
   * What is wrong with so many signals being counted. Of a request that failed nobody knows whether
   * it was stored.
   */
  List<String> miscounted(long counted) {
    long more = counted - acknowledged();
    boolean failures = measured.values().stream().anyMatch(each -> each.failures() > 0);
    return more == 0 || more > 0 && failures
        ? List.of()
        : List.of("the node counts %+,d signals beside those acknowledged".formatted(more));
  }

  /** Writes the table: times in milliseconds, without the warm-up. */
  void print(PrintStream out) {
    out.printf(
        LINE,
        "request",
        "count",
        "failed",
        "refused",
        "p50 ms",
        "p95 ms",
        "p99 ms",
        "max ms",
        "baseline",
        "a second",
        "signals/s");
    for (Request request : Request.values()) {
      print(out, request.name(Phase.BASELINE), "");
    }
    for (Request request : Request.values()) {
      print(out, name(request), ratio(request));
    }
    Measured listeners = measured.get(Listening.NAME);
    if (listeners != null) {
      long all = listeners.count() + listeners.failures();
      out.printf("%nClients that were sent each tier change: %,d of %,d%n", listeners.count(), all);
    }
  }

  private String ratio(Request request) {
    Measured figures = measured.get(name(request));
    Measured baseline = measured.get(request.baseline());
    return figures == null || baseline == null
        ? "-"
        : decimal(figures.millis(95) / baseline.millis(95)) + " x";
  }

  private void print(PrintStream out, String name, String ratio) {
    Measured figures = measured.get(name);
    if (figures == null) {
      return; // not of this simulation
    }
    double seconds = figures.span().toNanos() / NANOS;
    boolean timed = seconds > 1;
    out.printf(
        LINE,
        name,
        number(figures.count()),
        number(figures.failures()),
        number(figures.refused()),
        decimal(figures.millis(50)),
        decimal(figures.millis(95)),
        decimal(figures.millis(99)),
        decimal(figures.millis(100)),
        ratio,
        timed ? decimal(figures.count() / seconds) : "-",
        timed && figures.signals() > 0 ? decimal(figures.signals() / seconds) : "-");
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%,.1f", value);
  }
}
