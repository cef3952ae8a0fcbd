package keepwell.playbook;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import keepwell.health.AccountEvent;
import keepwell.health.AccountEvent.AccountClosed;
import keepwell.health.AccountEvent.AccountErased;
import keepwell.health.AccountEvent.OutcomeRecorded;
import keepwell.health.AccountEvent.StandingPublished;
import keepwell.health.AccountEvent.TierChanged;
import keepwell.health.Days;
import keepwell.health.Outcome;
import keepwell.journal.Columns;
import keepwell.journal.JournalFollower.Entry;
import keepwell.journal.Projection;
import keepwell.playbook.AccountRuns.Known;
import keepwell.playbook.Run.Ending;
import keepwell.portfolio.Listed;
import keepwell.portfolio.Portfolio;

/**
 * Makes runs of what happens to accounts: they begin, they end, and outcomes follow; with an
 * account that is closed its tasks end, too. It takes the same events as the portfolio, after it.
 */
final class Triggering implements Projection.Handler {
  private final PlaybookVersions versions;
  private final Portfolio portfolio;
  private final Beginnings beginnings;
  private final Starting starting;
  private final Dismissing dismissing;
  private final Spotter spotter;
  private final Days days;

  Triggering(
      PlaybookVersions versions,
      Portfolio portfolio,
      Beginnings beginnings,
      Starting starting,
      Dismissing dismissing,
      Days days) {
    this.versions = versions;
    this.portfolio = portfolio;
    this.beginnings = beginnings;
    this.starting = starting;
    this.dismissing = dismissing;
    this.spotter = new Spotter(days);
    this.days = days;
  }

  @Override
  public void handle(Connection connection, List<Entry> entries) throws SQLException {
    Set<String> ids = entries.stream().map(Entry::account).collect(Collectors.toSet());
    Map<String, Listed> listed = portfolio.accounts(connection, ids);
    Map<String, List<Run>> stored =
        Runs.of(connection, ids).stream().collect(Collectors.groupingBy(Run::persistenceId));
    Map<String, AccountRuns> runs = new LinkedHashMap<>(); // ids in the order of events
    Set<String> erased = new HashSet<>();
    Map<String, Instant> closedAt = new HashMap<>();
    for (Entry entry : entries) {
      String persistenceId = entry.account();
      if (entry.event() instanceof AccountErased) {
        erased.add(persistenceId);
        runs.put(persistenceId, new AccountRuns(List.of()));
      } else if (listed.containsKey(persistenceId)) {
        AccountRuns of =
            runs.computeIfAbsent(
                persistenceId, id -> new AccountRuns(stored.getOrDefault(id, List.of())));
        take(connection, entry, listed.get(persistenceId), of);
        if (entry.event() instanceof AccountClosed closed && !of.isEmpty()) {
          closedAt.putIfAbsent(persistenceId, closed.at());
        }
      }
    }
    Forgetting.forget(connection, erased);
    dismissing.dismiss(connection, closedAt);
    beginnings.store(connection, new ArrayList<>(runs.values()));
  }

  private void take(Connection connection, Entry entry, Listed account, AccountRuns runs)
      throws SQLException {
    AccountEvent event = entry.event();
    if (event instanceof TierChanged changed) {
      runs.moved(
          run -> changed.to().filter(to -> starting.isBetter(account, run, to)).isPresent(),
          days.of(changed.at()));
      trigger(connection, entry, account, runs, changed.at());
    } else if (event instanceof StandingPublished standing) {
      trigger(connection, entry, account, runs, standing.at());
    } else if (event instanceof OutcomeRecorded && !runs.isEmpty()) {
      runs.followedBy(outcomes(connection, entry.account()));
    } else if (event instanceof AccountClosed closed) {
      runs.closed(closed.at(), closed.byOutcome() ? Ending.CHURNED : Ending.CLOSED);
    }
  }

  private void trigger(
      Connection connection, Entry entry, Listed account, AccountRuns runs, Instant at)
      throws SQLException {
    if (account.closedAt().isPresent()) {
      return;
    }
    PlaybookDocument document = versions.current();
    for (Playbook playbook : document.playbooks()) {
      if (playbook.fits(account)) {
        Optional<Cause> cause = cause(connection, playbook.trigger(), entry, account);
        if (cause.isPresent()) {
          starting.begin(
              runs, entry.account(), account, playbook, document.version(), cause.get(), at);
        }
      }
    }
  }

  private Optional<Cause> cause(Connection connection, Trigger trigger, Entry entry, Listed account)
      throws SQLException {
    if (entry.event() instanceof TierChanged changed) {
      long changeId = portfolio.feed().id(entry.ordering());
      boolean returns =
          trigger instanceof Trigger.Return back
              && changed.to().filter(back.tier()::equals).isPresent();
      return spotter.spot(
          trigger,
          changed,
          changeId,
          returns ? leftOn(connection, entry, changeId) : OptionalInt.empty());
    }
    StandingPublished standing = (StandingPublished) entry.event();
    if (standing.quiet()) {
      return Optional.empty();
    }
    return spotter
        .spot(
            trigger,
            standing.settledScore().orElse(Double.NaN),
            standing.previousSettledScore().orElse(Double.NaN))
        .or(() -> spotter.spot(trigger, account, days.of(standing.at())));
  }

  /** The last day on which an account left the tier that it comes to. */
  private OptionalInt leftOn(Connection connection, Entry entry, long changeId)
      throws SQLException {
    Optional<String> tier = ((TierChanged) entry.event()).to();
    return portfolio.feed().changes(connection, entry.account()).stream()
        .filter(past -> past.id() < changeId && past.from().equals(tier))
        .mapToInt(past -> days.of(past.at()))
        .reduce((first, last) -> last);
  }

  /** As the portfolio knows them, which is no less than the events so far tell. */
  private static List<Known> outcomes(Connection connection, String persistenceId)
      throws SQLException {
    return Columns.select(
        connection,
        "SELECT \"outcome\", \"day\" FROM \"outcome\" WHERE \"persistence_id\" = ?",
        row -> new Known(Outcome.named(row.getString(1)).orElseThrow(), row.getInt(2)),
        persistenceId);
  }

  @Override
  public void committed() {}
}
