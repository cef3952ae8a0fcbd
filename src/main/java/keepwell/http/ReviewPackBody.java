package keepwell.http;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import keepwell.health.Days;
import keepwell.health.Explained;
import keepwell.health.Standing;
import keepwell.health.Standing.MetricScore;
import keepwell.http.ExplanationBody.ChangeBody;
import keepwell.playbook.Task;
import keepwell.portfolio.Listed;

/**
 * A review pack as public JSON.
 *
 * @param renewsInDays negative once past; null if no renewal is known
 * @param gives the metrics that give most points, most first
 * @param loses those that lose most
 * @param standingSentences how it stands, and what will become of that
 * @param changeSentences what has changed, over 30 and 90 days
 */
record ReviewPackBody(
    StandingBody standing,
    Double arr,
    LocalDate renewal,
    Integer renewsInDays,
    List<DriverBody> gives,
    List<DriverBody> loses,
    List<String> standingSentences,
    List<String> changeSentences,
    List<ChangeBody> changes,
    HistoryBody history,
    TasksBody tasks) {
  /** A metric, what was measured, and points of the score. */
  record DriverBody(String metric, String name, Double value, Double points) {
    static DriverBody of(MetricScore metric, OptionalDouble points) {
      return new DriverBody(
          metric.key(), metric.name(), StandingBody.measured(metric), StandingBody.rounded(points));
    }
  }

  /** What is to be done, and what was done in 90 days. */
  record TasksBody(List<TaskLine> open, List<TaskLine> done) {}

  /** A task. */
  record TaskLine(long id, String title, String owner, Instant dueAt, Instant endedAt) {
    static TaskLine of(Task task) {
      return new TaskLine(
          task.id(),
          task.title(),
          task.owner().orElse(null),
          task.dueAt(),
          task.endedAt().orElse(null));
    }
  }

  static ReviewPackBody of(ReviewPack pack, Days days) {
    Explained explained = pack.explained();
    Standing standing = explained.standing();
    Sentences sentences = new Sentences(explained, days);
    Optional<Integer> renewal = pack.listed().flatMap(Listed::renewalOn);
    return new ReviewPackBody(
        StandingBody.of(standing),
        pack.listed().flatMap(Listed::arr).orElse(null),
        renewal.map(LocalDate::ofEpochDay).orElse(null),
        renewal.map(day -> day - standing.asOf()).orElse(null),
        pack.gives().stream().map(metric -> DriverBody.of(metric, metric.contribution())).toList(),
        pack.loses().stream().map(metric -> DriverBody.of(metric, metric.lost())).toList(),
        sentences.standing(),
        sentences.changes(),
        explained.changes().stream().map(ExplanationBody::change).toList(),
        HistoryBody.of(pack.history()),
        new TasksBody(
            pack.open().stream().map(TaskLine::of).toList(),
            pack.done().stream().map(TaskLine::of).toList()));
  }
}
