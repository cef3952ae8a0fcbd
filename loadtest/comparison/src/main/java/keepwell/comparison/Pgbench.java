package keepwell.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What would otherwise be written: a table of signals and one of accounts, plain SQL, by
 * PostgreSQL's own benchmark. It knows no duplicates, no scores and no tiers.
 */
final class Pgbench {
  private static final String DATABASE = "plain";

  private static final String TABLES =
      """
      CREATE TABLE signal (id bigserial PRIMARY KEY, account text NOT NULL, key text NOT NULL,
        value double precision NOT NULL, at timestamptz NOT NULL, by_user text);
      CREATE TABLE account (account text PRIMARY KEY, signals bigint NOT NULL,
        total double precision NOT NULL, last_at timestamptz NOT NULL);
      """;

  private static final String UPSERT =
      " ON CONFLICT (account) DO UPDATE SET signals = s.signals + excluded.signals,"
          + " total = s.total + excluded.total, last_at = excluded.last_at;\n";

  private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");

  private final Postgres postgres;

  /** How signals are written. */
  enum Way {
    /** A transaction for each signal: begin, insert, upsert, commit. */
    FOUR_ROUND_TRIPS(1, 32) {
      @Override
      String script() {
        return one()
            + "BEGIN;\n"
            + "INSERT INTO signal (account, key, value, at, by_user)"
            + " VALUES ('account-' || :a0, 'login', 1, now(), 'user-' || :u0);\n"
            + "INSERT INTO account AS s (account, signals, total, last_at)"
            + " VALUES ('account-' || :a0, 1, 1, now())"
            + UPSERT
            + "COMMIT;\n";
      }
    },

    /** The same in a statement. */
    ONE_STATEMENT(1, 64) {
      @Override
      String script() {
        return one()
            + "WITH stored AS (INSERT INTO signal (account, key, value, at, by_user)"
            + " VALUES ('account-' || :a0, 'login', 1, now(), 'user-' || :u0)"
            + " RETURNING account, value, at)"
            + " INSERT INTO account AS s (account, signals, total, last_at)"
            + " SELECT account, 1, value, at FROM stored"
            + UPSERT;
      }
    },

    /** A transaction for a hundred signals: two statements with a hundred rows each. */
    HUNDRED(100, 4) {
      @Override
      String script() {
        return "\\set u0 random(1, 20)\n"
            + IntStream.range(0, 100)
                .mapToObj(i -> "\\set a%d random(1, %d)\n".formatted(i, Requests.ACCOUNTS))
                .collect(Collectors.joining())
            + "BEGIN;\n"
            + rows(
                "('account-' || :a%d, 'login', 1, now(), 'user-' || :u0)",
                "INSERT INTO signal (account, key, value, at, by_user) VALUES ", ";\n")
            + rows(
                "('account-' || :a%d, 1)",
                "INSERT INTO account AS s (account, signals, total, last_at)"
                    + " SELECT v.account, count(*), sum(v.value), now() FROM (VALUES ",
                ") v (account, value) GROUP BY v.account ORDER BY v.account" + UPSERT)
            + "COMMIT;\n";
      }
    };

    private final int signals;
    private final int clients;

    /**
     * @param signals of a transaction
     * @param clients with which it does best on two cores
     */
    Way(int signals, int clients) {
      this.signals = signals;
      this.clients = clients;
    }

    abstract String script();

    private static String one() {
      return "\\set a0 random(1, %d)\n\\set u0 random(1, 20)\n".formatted(Requests.ACCOUNTS);
    }

    private static String rows(String row, String before, String after) {
      return IntStream.range(0, 100)
          .mapToObj(i -> row.formatted(i))
          .collect(Collectors.joining(", ", before, after));
    }
  }

  Pgbench(Postgres postgres) throws IOException {
    this.postgres = postgres;
    postgres.create(DATABASE);
    postgres.client("psql", "-qc", TABLES, DATABASE);
  }

  /** Signals a second. */
  double run(Way way, int seconds) throws IOException {
    Path script = Files.createTempFile("keepwell-comparison", ".sql");
    Files.writeString(script, way.script());
    String said =
        postgres.client(
            "pgbench",
            "--no-vacuum",
            "--protocol=prepared",
            "--client=" + way.clients,
            "--jobs=2",
            "--time=" + seconds,
            "--file=" + script,
            DATABASE);
    Files.delete(script);
    Matcher rate = RATE.matcher(said);
    if (!rate.find()) {
      throw new IOException("pgbench said: " + said);
    }
    return Double.parseDouble(rate.group(1)) * way.signals;
  }
}
