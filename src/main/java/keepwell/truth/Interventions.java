package keepwell.truth;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import keepwell.playbook.RunLog;

/**
 * Whether customers stayed whose accounts were in the lowest tier, where a playbook ran between
 * then and what became of them, and where none did. It is no experiment: playbooks run where
 * somebody thought that they were needed.
 */
public final class Interventions {
  private final List<Down> undecided = new ArrayList<>();
  private final Counted with = new Counted();
  private final Counted without = new Counted();

  private record Down(String persistenceId, int since, int until, boolean stayed) {}

  /** How many accounts there were, and of how many the customers stayed. */
  public static final class Counted {
    private long accounts;
    private long stayed;

    private void add(boolean stays) {
      accounts++;
      stayed += stays ? 1 : 0;
    }

    public long accounts() {
      return accounts;
    }

    public long stayed() {
      return stayed;
    }
  }

  /**
   * An account that was in the lowest tier.
   *
   * @param since the first day of that, counted from 1970-01-01
   * @param until the day on which it was known what became of it
   */
  void add(String persistenceId, int since, int until, boolean stayed) {
    undecided.add(new Down(persistenceId, since, until, stayed));
  }

  /** Looks up which of those that were added had a playbook. */
  void decide(RunLog runs) throws SQLException {
    if (undecided.isEmpty()) {
      return;
    }
    Map<String, List<RunLog.Period>> periods =
        runs.periods(undecided.stream().map(Down::persistenceId).toList());
    for (Down down : undecided) {
      boolean ran =
          periods.getOrDefault(down.persistenceId, List.of()).stream()
              .anyMatch(period -> period.overlaps(down.since, down.until));
      (ran ? with : without).add(down.stayed);
    }
    undecided.clear();
  }

  /** Where a playbook ran. */
  public Counted with() {
    return with;
  }

  /** Where none did. */
  public Counted without() {
    return without;
  }
}
