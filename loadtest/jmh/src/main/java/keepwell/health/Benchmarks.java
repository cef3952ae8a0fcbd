package keepwell.health;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import keepwell.health.TypicalAccount.Variant;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs all benchmarks, and says which figures are reached. */
public final class Benchmarks {
  private static final String ALL = "";

  /** Of the harder account, only what a figure is asked of. */
  private static final String WITH_FIGURE = "evaluate|reevaluate|apply|recover";

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  /** Nanoseconds; of CPU where it says so. */
  private static final Map<String, Double> GOALS =
      Map.of(
          "evaluate", 3_000.0, "reevaluate", 1_000.0, "apply", 1_000.0, "recover, CPU", 100_000.0);

  private static final double HEAP_GOAL = 6_000;
  private static final double SNAPSHOT_GOAL = 4_000;

  /** Of one object, by the alignment of the heap. */
  private static final double NOTHING = 8;

  private final List<String> table = new ArrayList<>();

  private Benchmarks() {}

  /**
   * @param args which benchmarks, as a regular expression; none for all
   */
  public static void main(String[] args) throws RunnerException {
    String chosen = args.length == 0 ? ALL : args[0];
    Benchmarks benchmarks = new Benchmarks();
    benchmarks.head();
    for (Variant variant : Variant.values()) {
      boolean some = variant == Variant.HARDER && chosen.equals(ALL);
      benchmarks.measure(variant, some ? WITH_FIGURE : chosen);
    }
    PrintStream out = System.out;
    out.println();
    benchmarks.table.forEach(out::println);
  }

  private void measure(Variant variant, String chosen) throws RunnerException {
    Footprint footprint = Footprint.of(variant);
    for (RunResult result : run(variant, chosen)) {
      timed(variant, result, footprint);
    }
    line(variant, "heap, recovered", footprint.recovered(), "B", HEAP_GOAL, "");
    line(variant, "heap, by its events", footprint.evolved(), "B", HEAP_GOAL, "");
    line(variant, "snapshot, size", footprint.snapshot(), "B", SNAPSHOT_GOAL, "");
  }

  private static Collection<RunResult> run(Variant variant, String chosen) throws RunnerException {
    return new Runner(
            new OptionsBuilder()
                .include("Benchmark\\.(" + chosen + ")")
                .param("variant", variant.name())
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(1)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class)
                .addProfiler(CpuProfiler.class)
                .jvmArgs(
                    "-Xms1g", "-Xmx1g", "-Djava.util.concurrent.ForkJoinPool.common.parallelism=2")
                .shouldFailOnError(true)
                .build())
        .run();
  }

  private void timed(Variant variant, RunResult result, Footprint footprint) {
    Result<?> time = result.getPrimaryResult();
    String name = time.getLabel();
    double cpu = result.getSecondaryResults().get(CpuProfiler.CPU).getScore();
    double allocated = result.getSecondaryResults().get(ALLOCATED).getScore();
    String rest = format("%,9.0f %,10.0f %,11.0f", time.getScoreError(), cpu, allocated);
    line(variant, name, time.getScore(), "ns", GOALS.get(name), rest);
    String ofCpu = name + ", CPU";
    if (GOALS.containsKey(ofCpu)) {
      line(variant, ofCpu, cpu, "ns", GOALS.get(ofCpu), "");
    }
    if (name.equals("evaluate")) {
      double beyond = Math.rint(allocated - footprint.evaluation()) + 0.0;
      line(variant, "evaluate, allocated beyond", beyond, "B", NOTHING, "");
    }
  }

  private void head() {
    table.add(
        format(
            "%-8s %-27s %9s %-4s %8s %-7s %9s %10s %11s",
            "account",
            "figure",
            "measured",
            "unit",
            "below",
            "reached",
            "± ns",
            "CPU ns",
            "allocated B"));
  }

  /**
   * @param goal below which the figure is to be, for the typical account; null for none
   */
  private void line(
      Variant variant, String figure, double measured, String unit, Double goal, String rest) {
    boolean judged = goal != null && variant == Variant.TYPICAL;
    String reached = measured < (judged ? goal : 0) ? "yes" : "NO";
    table.add(
        format(
                "%-8s %-27s %,9.0f %-4s %8s %-7s %s",
                variant.name().toLowerCase(Locale.ROOT),
                figure,
                measured,
                unit,
                judged ? format("%,.0f", goal) : "",
                judged ? reached : "",
                rest)
            .stripTrailing());
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
