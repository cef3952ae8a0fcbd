package keepwell.portfolio;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import keepwell.health.AccountEvent.AccountErased;
import keepwell.health.AccountEvent.AccountOpened;
import keepwell.health.AccountEvent.OutcomeRecorded;
import keepwell.health.AccountEvent.TierChanged;
import keepwell.health.Days;
import keepwell.journal.JournalFollower.Entry;
import keepwell.journal.Projection;
import keepwell.journal.Seal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes of the events of accounts how they are listed, what became of them, the feed of their tier
 * changes, and the sums over them; all in one transaction.
 */
final class Listing implements Projection.Handler {
  private static final Logger LOG = LoggerFactory.getLogger(Listing.class);

  private final Seal seal;
  private final TierChanges changes;
  private final Days days;
  private final Runnable committed;

  /**
   * @param committed what is done when the tables have changed
   */
  Listing(Seal seal, Days days, Runnable committed) {
    this.seal = seal;
    this.changes = new TierChanges(seal);
    this.days = days;
    this.committed = committed;
  }

  @Override
  public void handle(Connection connection, List<Entry> entries) throws SQLException {
    Map<String, Listed> before =
        Standings.load(
            connection, entries.stream().map(Entry::account).collect(Collectors.toSet()));
    Map<String, Listed> now = new HashMap<>(before);
    Map<Long, TierChanges.Row> fed = new HashMap<>();
    Sums sums = new Sums(seal);
    ToldOutcomes outcomes = new ToldOutcomes(days);
    for (Entry entry : entries) {
      String persistenceId = entry.account();
      Listed listed = now.get(persistenceId);
      if (entry.event() instanceof AccountOpened opened) {
        now.put(persistenceId, Listed.opened(opened.account()));
      } else if (listed == null) {
        unknown(entry);
      } else if (entry.event() instanceof AccountErased erased) {
        fed.values().removeIf(row -> row.persistenceId().equals(persistenceId));
        for (TierChange forgotten : changes.forget(connection, persistenceId)) {
          sums.move(forgotten, days.of(forgotten.at()), -1);
        }
        fed.put(
            entry.ordering(), new TierChanges.Row(persistenceId, erasure(entry, listed, erased)));
        now.remove(persistenceId);
        outcomes.erase(persistenceId);
      } else if (entry.event() instanceof OutcomeRecorded recorded) {
        outcomes.tell(persistenceId, recorded);
      } else {
        Listed next = listed.evolve(entry.event());
        now.put(persistenceId, next);
        if (entry.event() instanceof TierChanged changed) {
          fed.put(
              entry.ordering(),
              new TierChanges.Row(persistenceId, changes.change(entry.ordering(), next, changed)));
        }
      }
    }
    fed.values().forEach(row -> sums.move(row.change(), days.of(row.change().at()), 1));
    changes.add(connection, new ArrayList<>(fed.values()));
    outcomes.write(connection);
    Standings.write(connection, seal, before, now);
    for (String persistenceId : union(before, now)) {
      sums.replace(before.get(persistenceId), now.get(persistenceId));
    }
    sums.write(connection);
  }

  /** Events before an erasure are overwritten by such as look like it: nothing is left to do. */
  private static void unknown(Entry entry) {
    if (!(entry.event() instanceof AccountErased)) {
      LOG.atError().addKeyValue("ordering", entry.ordering()).log("Event of an unknown account");
    }
  }

  private static List<String> union(Map<String, Listed> one, Map<String, Listed> other) {
    List<String> all = new ArrayList<>(one.keySet());
    other.keySet().stream().filter(key -> !one.containsKey(key)).forEach(all::add);
    return all;
  }

  private TierChange erasure(Entry entry, Listed listed, AccountErased erased) {
    return new TierChange(
        changes.id(entry.ordering()),
        listed.account(),
        listed.tier(),
        Optional.empty(),
        Optional.empty(),
        listed.score(),
        TierChange.ERASED,
        Optional.empty(),
        0,
        erased.at(),
        listed.closedAt().isPresent(),
        Map.of());
  }

  @Override
  public void committed() {
    committed.run();
  }
}
