package keepwell.portfolio;

import java.util.ArrayList;
import java.util.List;
import keepwell.health.AccountEvent.AccountErased;
import keepwell.health.AccountEvent.AccountOpened;
import keepwell.health.AccountEvent.TierChanged;
import keepwell.journal.JournalFollower.Entry;

/** What the events of one account, all of them in their order, make of it in the read side. */
final class History {
  private final TierChanges feed;
  private final List<TierChange> changes = new ArrayList<>();
  private Listed listed;
  private long erasedThrough;

  History(TierChanges feed) {
    this.feed = feed;
  }

  void add(Entry entry) {
    if (entry.event() instanceof AccountErased) {
      listed = null;
      changes.clear();
      erasedThrough = entry.ordering();
    } else if (entry.event() instanceof AccountOpened opened) {
      listed = Listed.opened(opened.account());
    } else {
      listed = listed.evolve(entry.event());
      if (entry.event() instanceof TierChanged changed) {
        changes.add(feed.change(entry.ordering(), listed, changed));
      }
    }
  }

  /** How it is listed; null if it is not. */
  Listed listed() {
    return listed;
  }

  /** Its tier changes since it was erased last, if it was. */
  List<TierChange> changes() {
    return changes;
  }

  /** Whether a change can be the one that told of the erasure: its event tells nothing any more. */
  boolean isErasure(TierChange change) {
    return change.reason().equals(TierChange.ERASED) && feed.ordering(change.id()) <= erasedThrough;
  }
}
