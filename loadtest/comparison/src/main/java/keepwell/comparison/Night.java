package keepwell.comparison;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import keepwell.health.TypicalAccount;
import keepwell.node.Node;

/**
 * How long it takes after a midnight until all accounts are reviewed that are due then, by a node
 * that has none of them in memory; and what each of them costs.
 */
final class Night implements AutoCloseable {
  /** Until midnight, from when the node is about to start. */
  private static final Duration EVE = Duration.ofSeconds(40);

  private static final Instant MIDNIGHT =
      TypicalAccount.days().start(TypicalAccount.days().of(TypicalAccount.latest()) + 1);

  private static final double TEN_MILLION = 10_000_000;
  private static final long POLL_MILLIS = 20;

  private final Postgres postgres;
  private final Stored stored;

  Night(Postgres postgres, String name) throws SQLException {
    this.postgres = postgres;
    this.stored = new Stored(postgres, name);
  }

  /** Stores accounts, all of them due at midnight. */
  void seed(int accounts) throws SQLException {
    stored.seed(accounts, 0, MIDNIGHT);
    System.out.printf(
        Locale.ROOT,
        "%n%,d accounts due at a midnight%nB of a row in standing: %,.0f, of which indexes %,.0f%n",
        accounts,
        number("SELECT pg_total_relation_size('standing')") / accounts,
        number("SELECT pg_indexes_size('standing')") / accounts);
    stored.startClock(Instant.now().plus(EVE));
  }

  private static int today() {
    return TypicalAccount.days().of(TypicalAccount.latest());
  }

  /** Measures what a node does at midnight. */
  void measure(Node node, int accounts) throws SQLException, IOException, InterruptedException {
    long midnight = (long) number("SELECT \"clock_origin\" FROM \"installation\"");
    if (System.currentTimeMillis() > midnight) {
      throw new IllegalStateException("the node has started too late");
    }
    Thread.sleep(midnight - System.currentTimeMillis());
    Duration cpu = node.cpu();
    Duration databaseCpu = postgres.cpu();
    double logged = number("SELECT pg_current_wal_lsn() - '0/0'");
    double rows = number("SELECT pg_total_relation_size('event_journal')");
    while (number("SELECT \"day\" FROM \"review\"") < today()) {
      Thread.sleep(POLL_MILLIS);
    }
    double seconds = (System.currentTimeMillis() - midnight) / 1e3;
    double published = number("SELECT COUNT(*) FROM \"event_tag\"");
    tell("reviewed and projected, accounts a second", accounts / seconds);
    tell("hours for ten million", TEN_MILLION / (accounts / seconds) / 3600);
    tell("events for the read side, of an account", published / accounts);
    tell("CPU ms of the node, of an account", node.cpu().minus(cpu).toNanos() / 1e6 / accounts);
    tell(
        "CPU ms of the database, of an account",
        postgres.cpu().minus(databaseCpu).toNanos() / 1e6 / accounts);
    tell(
        "B of an event StandingPublished",
        number(
            "SELECT AVG(octet_length(\"event_payload\")) FROM \"event_journal\""
                + " WHERE \"event_ser_manifest\" LIKE '%StandingPublished'"));
    tell(
        "B of the journal, of an event",
        (number("SELECT pg_total_relation_size('event_journal')") - rows)
            / number("SELECT COUNT(*) FROM \"event_journal\""));
    tell(
        "B of write-ahead log, of an account",
        (number("SELECT pg_current_wal_lsn() - '0/0'") - logged) / accounts);
    tell(
        "B of a row in standing afterwards",
        number("SELECT pg_total_relation_size('standing')") / accounts);
    tell(
        "B of a snapshot",
        number("SELECT AVG(octet_length(\"snapshot_payload\")) FROM \"snapshot\""));
  }

  private static void tell(String name, double value) {
    System.out.printf(Locale.ROOT, "%-48s %,12.3f%n", name, value);
  }

  private double number(String sql) throws SQLException {
    return stored.number(sql);
  }

  @Override
  public void close() {
    stored.close();
  }
}
