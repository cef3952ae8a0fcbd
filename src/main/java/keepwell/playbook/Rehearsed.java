package keepwell.playbook;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import keepwell.playbook.Run.Ending;

/** What one playbook would have done. */
public final class Rehearsed {
  private static final int EXAMPLES_MAX = 10;
  private static final Comparator<Example> BY_DAY =
      Comparator.comparingInt(Example::day)
          .thenComparing(Example::account, Comparator.reverseOrder());

  private final Playbook playbook;
  private final Map<Kind, Long> steps = new EnumMap<>(Kind.class);
  private final PriorityQueue<Example> latest = new PriorityQueue<>(BY_DAY);
  private long runs;
  private long accounts;
  private long recovered;

  /** What comes of a step. */
  public enum Kind {
    TASK,
    SLACK,
    EMAIL,
    WEBHOOK,
    INVITATION;

    static Kind of(Step step) {
      if (step instanceof Step.Notify notify) {
        return switch (notify.channel()) {
          case SLACK -> SLACK;
          case EMAIL -> EMAIL;
          case WEBHOOK -> WEBHOOK;
        };
      }
      return step instanceof Step.Invite ? INVITATION : TASK;
    }
  }

  /**
   * A run.
   *
   * @param name of the account, for people
   * @param day on which it would have begun, counted from 1970-01-01
   */
  public record Example(String account, String name, int day, Cause cause) {}

  Rehearsed(Playbook playbook) {
    this.playbook = playbook;
  }

  /**
   * Adds the runs of an account.
   *
   * @param of those of this playbook
   */
  void add(String name, List<Run> of) {
    accounts += of.isEmpty() ? 0 : 1;
    runs += of.size();
    for (Run run : of) {
      recovered += run.progress().ending().filter(Ending.RECOVERED::equals).isPresent() ? 1 : 0;
      latest.add(new Example(run.account(), name, run.beganOn(), run.cause()));
      if (latest.size() > EXAMPLES_MAX) {
        latest.remove();
      }
    }
  }

  void add(Step step) {
    steps.merge(Kind.of(step), 1L, Long::sum);
  }

  public Playbook playbook() {
    return playbook;
  }

  /** How many runs would have begun. */
  public long runs() {
    return runs;
  }

  /** For how many accounts. */
  public long accounts() {
    return accounts;
  }

  /** How many of the runs would have ended as the account recovered. */
  public long recovered() {
    return recovered;
  }

  /** How many tasks it would have given, messages sent, and so on. */
  public long count(Kind kind) {
    return steps.getOrDefault(kind, 0L);
  }

  /** The last runs, the latest first. */
  public List<Example> latest() {
    return latest.stream().sorted(BY_DAY.reversed()).toList();
  }
}
