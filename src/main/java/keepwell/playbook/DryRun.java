package keepwell.playbook;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import keepwell.health.Answer;
import keepwell.health.Days;
import keepwell.health.Retraced;
import keepwell.playbook.Playbook.Placed;
import keepwell.playbook.Run.Ending;

/**
 * What a document would have done over the last days if it had been in force from the first of them
 * on. What comes of tasks cannot be told, as nobody has done them: so no escalations are.
 */
public final class DryRun {
  private final PlaybookDocument document;
  private final Starting starting;
  private final Days days;
  private final int first;
  private final int today;
  private final List<Rehearsed> playbooks;
  private final TreeMap<Integer, Turned> turned = new TreeMap<>();
  private final Map<Optional<String>, Long> tasks = new HashMap<>();

  /** How many runs would have begun on a day, and for how many accounts. */
  public record Turned(long runs, long accounts) {
    private Turned plus(Turned other) {
      return new Turned(runs + other.runs, accounts + other.accounts);
    }
  }

  /**
   * @param first day, counted from 1970-01-01
   */
  DryRun(PlaybookDocument document, Starting starting, Days days, int first, int today) {
    this.document = document;
    this.starting = starting;
    this.days = days;
    this.first = first;
    this.today = today;
    this.playbooks = document.playbooks().stream().map(Rehearsed::new).toList();
  }

  /** Takes what an account has been through, and says whether there is such an account. */
  boolean take(Answer answer) {
    if (!(answer instanceof Retraced account) || account.account().isEmpty()) {
      return false;
    }
    List<Run> runs = new Rehearsal(document, starting, days, account).runs(first, today);
    Map<String, List<Run>> byPlaybook = runs.stream().collect(Collectors.groupingBy(Run::playbook));
    for (Rehearsed rehearsed : playbooks) {
      List<Run> of = byPlaybook.getOrDefault(rehearsed.playbook().key(), List.of());
      rehearsed.add(account.labels().getOrDefault("name", account.account()), of);
      of.forEach(run -> perform(run, rehearsed, account));
    }
    runs.stream()
        .collect(Collectors.groupingBy(Run::beganOn, Collectors.counting()))
        .forEach((day, count) -> turned.merge(day, new Turned(count, 1), Turned::plus));
    return true;
  }

  private void perform(Run run, Rehearsed rehearsed, Retraced account) {
    Playbook playbook = rehearsed.playbook();
    for (Placed placed : playbook.placed()) {
      if (isDone(run, placed)) {
        rehearsed.add(placed.step());
        if (placed.step() instanceof Step.GiveTask task) {
          tasks.merge(task.owner().or(() -> playbook.owner(account.labels())), 1L, Long::sum);
        }
      }
    }
  }

  /** Whether the run came so far: a follow-up only up to the day on which the account is better. */
  private boolean isDone(Run run, Placed placed) {
    if (!placed.followUp()) {
      return true;
    }
    int dueOn = run.beganOn() + placed.afterDays();
    Run.Progress progress = run.progress();
    int better =
        progress.ending().filter(Ending.RECOVERED::equals).isPresent()
            ? days.of(progress.endedAt().orElseThrow()) - Almanac.RECOVERED_DAYS
            : progress.betterOn().orElse(Integer.MAX_VALUE);
    int over = progress.endedAt().map(days::of).orElse(Integer.MAX_VALUE);
    return dueOn <= today && dueOn <= better && dueOn < over;
  }

  /** The first day, counted from 1970-01-01. */
  public int first() {
    return first;
  }

  /** The last day, counted from 1970-01-01. */
  public int today() {
    return today;
  }

  /** What each playbook would have done, in the order of the document. */
  public List<Rehearsed> playbooks() {
    return playbooks;
  }

  /** The days on which runs would have begun, counted from 1970-01-01. */
  public Map<Integer, Turned> turned() {
    return new TreeMap<>(turned);
  }

  /**
   * Who would have got how many tasks, most first; empty for nobody.
   *
   * @param max how many are told
   */
  public List<Map.Entry<Optional<String>, Long>> tasks(int max) {
    return tasks.entrySet().stream()
        .sorted(
            Map.Entry.<Optional<String>, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(owner -> owner.getKey().orElse("")))
        .limit(max)
        .toList();
  }
}
