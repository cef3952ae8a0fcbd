package keepwell.playbook;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import keepwell.health.Days;
import keepwell.journal.Columns;
import keepwell.journal.Offset;
import keepwell.playbook.Run.Ending;
import keepwell.playbook.Run.State;
import keepwell.portfolio.Listed;
import keepwell.portfolio.Portfolio;

/**
 * Finds what time has brought about, once a day's reviews are done: accounts that have been in a
 * tier for long enough, or renew soon enough, and runs whose account has recovered. It looks up
 * those whose day it is, and no others; only of a playbook that is new all who are there already.
 */
final class Almanac {
  private static final String DAYS = "playbook-days";
  private static final String VERSION = "playbook-version";
  private static final int PAGE_MAX = 500;

  /** Judged days in a better tier after which an account has recovered. */
  static final int RECOVERED_DAYS = 3;

  private final PlaybookVersions versions;
  private final Portfolio portfolio;
  private final Beginnings beginnings;
  private final Starting starting;
  private final Spotter spotter;
  private final Days days;
  private final InstantSource productClock;
  private final Deque<Look> looks = new ArrayDeque<>();

  /** What is done once nothing is to be looked for; null if it is. */
  private End end;

  /** Up to which account the first look has come. */
  private String afterId = "";

  /** A playbook of which it is looked whose day it is: who renews, or came into a tier. */
  private record Look(Playbook playbook, int today, boolean all) {}

  /** What is done at the end of a day, or once a version is known. */
  @FunctionalInterface
  private interface End {
    /** Does a little of it, and says whether that was all. */
    boolean step(Connection connection) throws SQLException;
  }

  Almanac(
      PlaybookVersions versions,
      Portfolio portfolio,
      Beginnings beginnings,
      Starting starting,
      Days days,
      InstantSource productClock) {
    this.versions = versions;
    this.portfolio = portfolio;
    this.beginnings = beginnings;
    this.starting = starting;
    this.spotter = new Spotter(days);
    this.days = days;
    this.productClock = productClock;
  }

  /** Whether there may be something to do. */
  boolean isDue(Connection connection) throws SQLException {
    OptionalInt reviewed = portfolio.reviewedThrough(connection);
    return !looks.isEmpty()
        || end != null
        || Offset.read(connection, VERSION) < versions.current().version()
        || (reviewed.isPresent()
            && Offset.read(connection, DAYS) < reviewed.getAsInt()
            && !isBehind(connection));
  }

  /**
   * Does a little, in a transaction of the caller's, who has the lock of {@link Runs}; false if
   * there is nothing to do.
   */
  boolean step(Connection connection) throws SQLException {
    if (!looks.isEmpty()) {
      look(connection, looks.getFirst());
      return true;
    }
    if (end != null) {
      end = end.step(connection) ? null : end;
      return true;
    }
    OptionalInt reviewed = portfolio.reviewedThrough(connection);
    return reviewed.isPresent() && plan(connection, reviewed.getAsInt());
  }

  /** What was under way is begun anew. */
  void reset() {
    looks.clear();
    end = null;
    afterId = "";
  }

  private boolean plan(Connection connection, int reviewed) throws SQLException {
    int seen = (int) Offset.read(connection, VERSION);
    int current = versions.current().version();
    if (seen < current) {
      List<Playbook> before =
          versions.version(seen).map(version -> version.value().playbooks()).orElse(List.of());
      waiting().stream()
          .filter(playbook -> before.stream().noneMatch(playbook::waitsForTheSame))
          .forEach(playbook -> looks.add(new Look(playbook, reviewed + 1, true)));
      end = ending -> withdrawn(ending, current);
      return true;
    }
    int done = (int) Offset.read(connection, DAYS);
    if (done == 0) {
      Offset.store(connection, DAYS, reviewed); // what was before is not looked for
      return true;
    }
    if (done >= reviewed || isBehind(connection)) {
      return false;
    }
    waiting().forEach(playbook -> looks.add(new Look(playbook, done + 2, false)));
    end = ending -> recovered(ending, done + 1);
    return true;
  }

  /** Whether runs may not know yet what became of their accounts on the days that are over. */
  private static boolean isBehind(Connection connection) throws SQLException {
    return Offset.read(connection, Playbooks.PROJECTION)
        < Offset.read(connection, Portfolio.PROJECTION);
  }

  private List<Playbook> waiting() {
    return versions.current().playbooks().stream()
        .filter(playbook -> playbook.trigger().waitsForTime())
        .toList();
  }

  private void look(Connection connection, Look look) throws SQLException {
    List<String> ids = candidates(connection, look);
    Map<String, Listed> listed = portfolio.accounts(connection, ids);
    Map<String, List<Run>> stored =
        Runs.of(connection, ids).stream().collect(Collectors.groupingBy(Run::persistenceId));
    List<AccountRuns> all = new ArrayList<>();
    for (String id : ids) {
      Listed account = listed.get(id);
      Playbook playbook = look.playbook;
      if (account != null && playbook.fits(account)) {
        AccountRuns runs = new AccountRuns(stored.getOrDefault(id, List.of()));
        spotter
            .spot(playbook.trigger(), account, look.today)
            .ifPresent(
                cause ->
                    starting.begin(
                        runs,
                        id,
                        account,
                        playbook,
                        versions.current().version(),
                        cause,
                        days.start(look.today)));
        all.add(runs);
      }
    }
    beginnings.store(connection, all);
    afterId = ids.size() < PAGE_MAX ? "" : ids.get(PAGE_MAX - 1);
    if (afterId.isEmpty()) {
      looks.removeFirst();
    }
  }

  private List<String> candidates(Connection connection, Look look) throws SQLException {
    if (look.playbook.trigger() instanceof Trigger.Spent spent) {
      int since = look.today - spent.days();
      return ids(
          connection,
          "\"tier\" = ? AND \"tier_since\" >= ? AND \"tier_since\" < ?",
          spent.tier(),
          look.all ? Long.MIN_VALUE : days.start(since).toEpochMilli(),
          days.start(since + 1).toEpochMilli());
    }
    Trigger.Renewal renewal = (Trigger.Renewal) look.playbook.trigger();
    int until = look.today + renewal.withinDays();
    return ids(
        connection,
        "\"tier\" <> ? AND \"renewal_on\" >= ? AND \"renewal_on\" <= ?",
        renewal.notIn().orElse(""),
        look.all ? look.today : until,
        until);
  }

  private List<String> ids(Connection connection, String condition, Object... parameters)
      throws SQLException {
    List<Object> all = new ArrayList<>(List.of(parameters));
    all.add(afterId);
    all.add(PAGE_MAX);
    return Columns.select(
        connection,
        """
        SELECT "persistence_id" FROM "standing"
        WHERE %s AND "closed_at" IS NULL AND "persistence_id" > ?
        ORDER BY "persistence_id" LIMIT ?
        """
            .formatted(condition),
        row -> row.getString(1),
        all.toArray());
  }

  /** Ends runs whose account was in a better tier for so many judged days. */
  private boolean recovered(Connection connection, int judged) throws SQLException {
    List<Run> recovered =
        Runs.select(
            connection,
            """
            WHERE "better_on" <= ? AND "state" IN ('active', 'held') ORDER BY "id" LIMIT ?
            """,
            judged - RECOVERED_DAYS + 1,
            PAGE_MAX);
    beginnings.end(
        connection,
        recovered,
        run -> days.start(run.progress().betterOn().orElseThrow() + RECOVERED_DAYS),
        run -> run.progress().state() == State.HELD ? Ending.LAPSED : Ending.RECOVERED);
    boolean all = recovered.size() < PAGE_MAX;
    if (all) {
      Offset.store(connection, DAYS, judged);
    }
    return all;
  }

  /** Ends runs of playbooks that there are no more. */
  private boolean withdrawn(Connection connection, int version) throws SQLException {
    List<String> keys = versions.current().playbooks().stream().map(Playbook::key).toList();
    List<Run> withdrawn =
        Runs.select(
            connection,
            """
            WHERE "state" IN ('suspected', 'held', 'active') AND NOT "playbook" = ANY (?)
            ORDER BY "id" LIMIT ?
            """,
            connection.createArrayOf("varchar", keys.toArray()),
            PAGE_MAX);
    beginnings.end(connection, withdrawn, run -> productClock.instant(), run -> Ending.WITHDRAWN);
    boolean all = withdrawn.size() < PAGE_MAX;
    if (all) {
      Offset.store(connection, VERSION, version);
    }
    return all;
  }
}
