package keepwell.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries inputs that nobody would send on something that must stand them: those kept in {@code
 * src/test/resources/fuzz} as they are, then mutations, for {@code -Dfuzz.duration} (PT10M) or a
 * few thousand rounds. A failure says with which {@code -Dfuzz.seed} its round comes first.
 */
public final class Fuzz {
  private static final Logger LOG = LoggerFactory.getLogger(Fuzz.class);
  private static final Path KEPT = Path.of("src/test/resources/fuzz");
  private static final Path FOUND = Path.of("target/fuzz");
  private static final Optional<Duration> DURATION =
      Optional.ofNullable(System.getProperty("fuzz.duration")).map(Duration::parse);
  private static final long SEED = Long.getLong("fuzz.seed", new Random().nextInt());

  /** What takes so long never ends. */
  private static final Duration ROUND_MAX = Duration.ofMinutes(1);

  private static final int ALLOCATED_PER_BYTE = 64;
  private static final int ALLOCATED_ANYWAY = 1 << 20;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final String name;
  private final int rounds;
  private final ExecutorService thread = Executors.newSingleThreadExecutor(Fuzz::daemon);

  /**
   * @param name of the folder with the kept inputs, and in what is logged
   * @param rounds without a duration
   */
  public Fuzz(String name, int rounds) {
    this.name = name;
    this.rounds = rounds;
  }

  private static Thread daemon(Runnable rounds) {
    Thread daemon = new Thread(rounds, "fuzz");
    daemon.setDaemon(true); // it may never end
    return daemon;
  }

  /** Where inputs come from. */
  @FunctionalInterface
  public interface Source {
    byte[] input(Mutations mutations) throws Exception;
  }

  /** Takes an input; fails if it should have been refused in another way. */
  @FunctionalInterface
  public interface Taker {
    void take(byte[] input) throws Exception;
  }

  /** The inputs that once were found. */
  private List<byte[]> kept() throws IOException {
    return Files.exists(KEPT.resolve(name)) ? files(KEPT.resolve(name)) : List.of();
  }

  /** What is in the files of a folder. */
  public static List<byte[]> files(Path folder) throws IOException {
    List<byte[]> contents = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder).filter(Files::isRegularFile).sorted()) {
      for (Path file : files.toList()) {
        contents.add(Files.readAllBytes(file));
      }
    }
    return contents;
  }

  /** Tries samples, what was kept, and mutations of them. */
  public void mutations(List<byte[]> samples, Taker taker) throws Exception {
    List<byte[]> seeds = new ArrayList<>(samples);
    seeds.addAll(kept());
    for (byte[] sample : samples) {
      taker.take(sample);
    }
    inputs(mutations -> mutations.of(mutations.oneOf(seeds), mutations.oneOf(seeds)), taker);
  }

  /** Tries what was kept, and what comes from a source. */
  public void inputs(Source source, Taker taker) throws Exception {
    for (byte[] input : kept()) {
      ended(name + ", kept", () -> take(input, taker));
    }
    long start = System.nanoTime();
    int done = 0;
    for (; goesOn(done, System.nanoTime() - start); done++) {
      long seed = SEED + done;
      ended(
          "%s, round %d: -Dfuzz.seed=%d repeats it".formatted(name, done, seed),
          () -> take(source.input(new Mutations(seed)), taker));
    }
    thread.shutdown();
    LOG.atInfo()
        .addKeyValue("name", name)
        .addKeyValue("rounds", done)
        .addKeyValue("took", Duration.ofNanos(System.nanoTime() - start))
        .addKeyValue("seed", SEED)
        .log("Fuzzed");
  }

  private boolean goesOn(int done, long nanos) {
    return DURATION.map(duration -> nanos < duration.toNanos()).orElse(done < rounds);
  }

  /** Waits for the end of a round; fails if it fails, or has none. */
  private void ended(String what, Callable<Void> round) throws InterruptedException {
    try {
      thread.submit(round).get(ROUND_MAX.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(what, e);
    }
  }

  /** Takes inputs in the same way; fails if one takes memory out of proportion. */
  public static Taker frugally(Taker taker) {
    return input -> {
      long allocated = allocated(input, taker);
      long max = (long) ALLOCATED_PER_BYTE * input.length + ALLOCATED_ANYWAY;
      // The first time it may have loaded classes.
      assertThat(allocated < max ? allocated : allocated(input, taker))
          .as("bytes allocated for %d", input.length)
          .isLessThan(max);
    };
  }

  private static long allocated(byte[] input, Taker taker) throws Exception {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    taker.take(input);
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  private Void take(byte[] input, Taker taker) throws IOException {
    try {
      taker.take(input);
      return null;
    } catch (Throwable e) {
      Files.createDirectories(FOUND);
      Path file = Files.write(FOUND.resolve(name + "-" + Integer.toHexString(e.hashCode())), input);
      throw new AssertionError("an input that is now in " + file, e);
    }
  }
}
