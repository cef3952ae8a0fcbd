package keepwell.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import keepwell.playbook.Task;

/**
 * A task as public JSON.
 *
 * @param score of the account when it was given, and its tier then
 * @param reasons what had taken most of the score
 * @param actions the two things that would have gained most
 * @param history only where the task is asked for by itself
 */
record TaskBody(
    long id,
    long run,
    String playbook,
    String account,
    String name,
    String title,
    String owner,
    Instant givenAt,
    Instant dueAt,
    String state,
    Instant endedAt,
    Double score,
    String tier,
    List<ReasonBody> reasons,
    List<ActionBody> actions,
    @JsonInclude(JsonInclude.Include.NON_NULL) List<ChangeBody> history) {

  /** The one of the two that it is has a key. */
  record ReasonBody(String metric, String adjustment, String name, double lost) {}

  /** The one of the two that it is has a key. */
  record ActionBody(String metric, String adjustment, String name, double gain) {}

  /**
   * @param author null: the playbook
   * @param changes by what has changed
   */
  record ChangeBody(Instant at, String author, Map<String, Task.FromTo> changes, String note) {
    static ChangeBody of(Task.Change change) {
      return new ChangeBody(
          change.at(), change.author().orElse(null), change.changes(), change.note().orElse(null));
    }
  }

  /**
   * @param next the cursor of the next page; null if this is the last
   */
  record Page(List<TaskBody> items, String next) {}

  static TaskBody of(Task task) {
    return of(task, null);
  }

  /** With what has become of it. */
  static TaskBody of(Task task, List<Task.Change> changes) {
    Task.Situation situation = task.situation();
    return new TaskBody(
        task.id(),
        task.run(),
        task.playbook(),
        task.account(),
        situation.name(),
        task.title(),
        task.owner().orElse(null),
        task.givenAt(),
        task.dueAt(),
        Json.text(task.state()),
        task.endedAt().orElse(null),
        situation.score(),
        situation.tier(),
        situation.reasons().stream()
            .map(
                points ->
                    new ReasonBody(
                        points.metric() ? points.key() : null,
                        points.metric() ? null : points.key(),
                        points.name(),
                        points.points()))
            .toList(),
        situation.actions().stream()
            .map(
                points ->
                    new ActionBody(
                        points.metric() ? points.key() : null,
                        points.metric() ? null : points.key(),
                        points.name(),
                        points.points()))
            .toList(),
        changes == null ? null : changes.stream().map(ChangeBody::of).toList());
  }
}
