package keepwell.http;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import keepwell.playbook.Cause;
import keepwell.playbook.Run;
import keepwell.playbook.RunLog;

/**
 * A run of a playbook as public JSON.
 *
 * @param version of the playbooks by which it began
 * @param tier in which it began
 * @param betterSince the day on which the account came into a better tier
 * @param ending how it came to its end
 */
record RunBody(
    long id,
    String playbook,
    int version,
    String account,
    Cause cause,
    String tier,
    Instant beganAt,
    String state,
    Long storm,
    LocalDate betterSince,
    Instant endedAt,
    String ending,
    OutcomeBody outcome,
    List<StepBody> steps,
    List<TaskBody> tasks) {

  /** What has followed. */
  record OutcomeBody(String outcome, LocalDate on) {}

  /**
   * @param step its path in the playbook
   * @param note why it was skipped
   */
  record StepBody(String step, String state, Instant dueAt, Instant endedAt, String note) {
    static StepBody of(RunLog.DoneStep step) {
      return new StepBody(
          step.step(),
          step.state(),
          step.dueAt().orElse(null),
          step.endedAt().orElse(null),
          step.note().orElse(null));
    }
  }

  /**
   * @param next before which to go on; null if there is nothing more
   */
  record Page(List<RunBody> items, Long next) {
    static Page of(List<RunLog.Told> page, int limit) {
      List<RunBody> items = page.stream().map(RunBody::of).toList();
      return new Page(items, items.size() < limit ? null : items.get(limit - 1).id());
    }
  }

  static RunBody of(RunLog.Told told) {
    Run run = told.run();
    Run.Progress progress = run.progress();
    return new RunBody(
        run.id(),
        run.playbook(),
        run.version(),
        run.account(),
        run.cause(),
        run.tier().orElse(null),
        run.beganAt(),
        Json.text(progress.state()),
        progress.storm().orElse(null),
        progress.betterOn().isPresent()
            ? LocalDate.ofEpochDay(progress.betterOn().getAsInt())
            : null,
        progress.endedAt().orElse(null),
        progress.ending().map(Json::text).orElse(null),
        progress
            .outcome()
            .map(
                what ->
                    new OutcomeBody(
                        Json.text(what), LocalDate.ofEpochDay(progress.outcomeOn().orElseThrow())))
            .orElse(null),
        told.steps().stream().map(StepBody::of).toList(),
        told.tasks().stream().map(TaskBody::of).toList());
  }
}
