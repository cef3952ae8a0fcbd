package keepwell.comparison;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import keepwell.account.Accounts;
import keepwell.account.JournalId;
import keepwell.health.Recorded;
import keepwell.health.Signal;
import keepwell.journal.Database;
import org.HdrHistogram.Histogram;

/**
 * The accounts of a node without its HTTP interface, in a process of their own: reads what to
 * measure from the standard input, and writes what came of it.
 */
final class Inside {
  private static final int FOLLOWED_PER_SECOND = 5_000;
  private static final long SETTLING = 2_000;

  private final Hosted hosted;
  private final Database database;
  private final Accounts accounts;
  private final Random random = new Random(5);

  private Inside(String url, String user) throws IOException, SQLException {
    this.hosted =
        new Hosted(
            url,
            user,
            scorecards(),
            """
            jdbc-journal {
              event-adapters.tagging = "keepwell.comparison.Tagging"
              event-adapter-bindings."keepwell.health.AccountEvent" = tagging
            }
            """);
    this.database = hosted.database();
    this.accounts = hosted.accounts();
  }

  @SuppressWarnings("unchecked") // a document is an object
  private static Map<String, Object> scorecards() throws IOException {
    try (InputStream json = Inside.class.getResourceAsStream("/scorecards/starter.json")) {
      return new ObjectMapper().readValue(json, LinkedHashMap.class);
    }
  }

  /**
   * @param args the URL of the database and its user
   */
  public static void main(String[] args) throws Exception {
    Inside inside = new Inside(args[0], args[1]);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      int seconds = Integer.parseInt(words[1]);
      Tagging.share(Integer.parseInt(words[2]));
      System.out.println(
          words[0].equals("record")
              ? inside.record(seconds, Integer.parseInt(words[3]), Integer.parseInt(words[4]))
              : inside.follow(seconds, words[3].equals("rollback")));
    }
    System.exit(0);
  }

  /**
   * As many signals as are answered: how many a second, of how many accounts some were not, of how
   * many of these no event had met a conflict, and how many accounts were to meet one.
   *
   * @param underWay signals at any time
   */
  private String record(int seconds, int conflictsPerSecond, int underWay)
      throws InterruptedException, SQLException {
    LongAdder recorded = new LongAdder();
    Set<String> failed = ConcurrentHashMap.newKeySet();
    Semaphore turns = new Semaphore(underWay);
    long start = System.nanoTime();
    long conflicts = 0;
    try (Conflicts made = new Conflicts(database)) {
      while (System.nanoTime() - start < seconds * 1_000_000_000L) {
        if (conflicts < (System.nanoTime() - start) / 1e9 * conflictsPerSecond) {
          conflicts++;
          made.make();
        }
        turns.acquire();
        String account = "account-" + random.nextInt(Requests.ACCOUNTS);
        var unused =
            accounts
                .record(account, List.of(signal(1)), false)
                .whenComplete(
                    (answer, failure) -> {
                      if (answer instanceof Recorded) {
                        recorded.increment();
                      } else {
                        failed.add(JournalId.of(account, Hosted.FINGERPRINT));
                      }
                      turns.release();
                    });
      }
      turns.acquire(underWay);
      double perSecond = recorded.sum() * 1e9 / (System.nanoTime() - start);
      Set<String> guilty = made.accounts();
      return String.format(
          Locale.ROOT,
          "RESULT %.1f %d %d %d",
          perSecond,
          failed.size(),
          failed.stream().filter(account -> !guilty.contains(account)).count(),
          guilty.size());
    }
  }

  /** So many signals a second: median and 99th percentile in milliseconds, and how many. */
  private String follow(int seconds, boolean rollBack) throws Exception {
    int signals = seconds * FOLLOWED_PER_SECOND;
    String name = "following-" + System.nanoTime();
    try (Following following =
        new Following(hosted.serialization(), database, name, signals, rollBack)) {
      long start = System.nanoTime();
      for (int i = 0; i < signals; i++) {
        long due = start + i * 1_000_000_000L / FOLLOWED_PER_SECOND;
        while (System.nanoTime() < due) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        int number = i;
        var unused =
            accounts
                .record("account-" + random.nextInt(Requests.ACCOUNTS), List.of(signal(i)), false)
                .thenAccept(answer -> following.acknowledged(number));
      }
      Thread.sleep(SETTLING);
      Histogram latencies = following.latencies();
      return String.format(
          Locale.ROOT,
          "RESULT %.1f %.1f %d",
          latencies.getValueAtPercentile(50) / 1e6,
          latencies.getValueAtPercentile(99) / 1e6,
          latencies.getTotalCount());
    }
  }

  private Signal signal(double value) {
    return new Signal(
        "login",
        value,
        InstantSource.system().instant(),
        Hosted.FINGERPRINT.of("user-" + random.nextInt(20)),
        0,
        0);
  }
}
