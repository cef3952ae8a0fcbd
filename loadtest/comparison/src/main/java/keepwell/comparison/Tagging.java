package keepwell.comparison;

import akka.persistence.journal.EventAdapter;
import akka.persistence.journal.EventSeq;
import akka.persistence.journal.Tagged;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tags a share of the events that accounts do not tag by themselves; of the others the journal asks
 * nobody. Accounts that are there tag none of those that the comparison lets them store. Created by
 * name, by the journal.
 */
public final class Tagging implements EventAdapter {
  static final String TAG = "moved";

  private static final AtomicLong EVENTS = new AtomicLong();
  private static volatile int percent;

  /** From now on. */
  static void share(int percent) {
    Tagging.percent = percent;
  }

  @Override
  public Object toJournal(Object event) {
    return EVENTS.incrementAndGet() % 100 < percent ? new Tagged(event, Set.of(TAG)) : event;
  }

  @Override
  public EventSeq fromJournal(Object event, String manifest) {
    return EventSeq.single(event);
  }

  @Override
  public String manifest(Object event) {
    return "";
  }
}
