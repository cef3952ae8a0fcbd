package keepwell.comparison;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.OptionalInt;
import keepwell.health.Thresholds;
import keepwell.health.TypicalScorecard;
import keepwell.portfolio.Rescoring;
import keepwell.portfolio.RescoringProgress;

/**
 * Stored accounts, with the read side that follows them, of which some have signals; with and
 * without a rescoring of all, in a process of their own: reads what to measure from the standard
 * input, and writes what came of it.
 */
final class Settled {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long POLL_MILLIS = 20;

  private final Hosted hosted;
  private final Followers followers;
  private final Recording recording;
  private int turn;

  private Settled(String url, String user) throws SQLException {
    this.hosted = new Hosted(url, user, TypicalScorecard.document(), "");
    this.followers = Followers.start(hosted);
    this.recording = new Recording(hosted);
  }

  /**
   * @param args the URL of the database and its user
   */
  public static void main(String[] args) throws Exception {
    Settled settled = new Settled(args[0], args[1]);
    settled.recording.each();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      System.out.println(
          settled.measure(
              words[0].equals("beside"), Integer.parseInt(words[1]), Integer.parseInt(words[2])));
    }
    System.exit(0);
  }

  /**
   * As many signals as are answered: how many a second, how many accounts were rescored a second
   * meanwhile, and whether that had ended before.
   *
   * @param underWay signals at any time
   */
  private String measure(boolean beside, int seconds, int underWay)
      throws SQLException, IOException, InterruptedException {
    if (!beside) {
      return result(recording.until(end(seconds), underWay), 0, seconds, false);
    }
    try (Rescoring rescoring = rescoring()) {
      int version = put();
      recording.each(); // they settle by it with their next signals, whoever rescores the others
      followers.awaitCaughtUp();
      RescoringProgress from = rescoring.status().progress();
      while (from.version() < version || from.rescored() == 0) {
        Thread.sleep(POLL_MILLIS);
        from = rescoring.status().progress();
      }
      long recorded = recording.until(end(seconds), underWay);
      RescoringProgress to = rescoring.status().progress();
      return result(recorded, to.rescored() - from.rescored(), seconds, to.endedAt().isPresent());
    }
  }

  private static long end(int seconds) {
    return System.nanoTime() + seconds * 1_000_000_000L;
  }

  private static String result(long recorded, long rescored, int seconds, boolean ended) {
    return String.format(
        Locale.ROOT,
        "RESULT %.1f %.1f %d",
        (double) recorded / seconds,
        (double) rescored / seconds,
        ended ? 1 : 0);
  }

  private Rescoring rescoring() {
    return new Rescoring(
        hosted.database(),
        followers.portfolio(),
        hosted.versions(),
        () -> Thresholds.NONE,
        () -> {},
        InstantSource.system(),
        hosted.accounts()::rescore,
        Versions.PER_SECOND_MAX,
        new SimpleMeterRegistry());
  }

  private int put() throws SQLException, IOException {
    return hosted
        .versions()
        .add(
            JSON.readValue(Versions.document(turn++), new TypeReference<>() {}),
            OptionalInt.empty(),
            hosted.clock().instant())
        .orElseThrow()
        .value()
        .version();
  }
}
