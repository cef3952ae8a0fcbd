package keepwell.http;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import keepwell.health.Warning;
import keepwell.playbook.Cause;
import keepwell.playbook.DryRun;
import keepwell.playbook.DryRuns;
import keepwell.playbook.Rehearsed;
import keepwell.playbook.Rehearsed.Kind;

/**
 * What a document would have done, as public JSON.
 *
 * @param to today
 * @param accounts that answered; all numbers are of these
 * @param population all that there are; more than {@code accounts} if these are a sample
 * @param unanswered accounts that could not be asked
 * @param days those on which runs would have begun, oldest first
 * @param owners those who would have got most tasks
 */
record DryRunBody(
    LocalDate from,
    LocalDate to,
    long accounts,
    long population,
    long unanswered,
    List<PlaybookBody> playbooks,
    List<DayBody> days,
    List<OwnerBody> owners,
    List<Warning> warnings) {
  private static final int OWNERS_MAX = 50;

  /**
   * @param accounts for which runs would have begun
   * @param recovered runs that would have ended as the account had recovered
   * @param messages by their kinds
   * @param latest runs
   */
  record PlaybookBody(
      String playbook,
      String name,
      long runs,
      long accounts,
      long recovered,
      long tasks,
      MessagesBody messages,
      List<RunBody> latest) {}

  record MessagesBody(long slack, long email, long webhook, long invitation) {}

  record RunBody(String account, String name, LocalDate day, Cause cause) {}

  /**
   * @param held why somebody would have had to release the runs of the day: {@code many}, {@code
   *     silence}, or null
   * @param signal that had gone silent
   */
  record DayBody(LocalDate day, long runs, long accounts, String held, String signal) {}

  /**
   * @param owner null for nobody
   */
  record OwnerBody(String owner, long tasks) {}

  static DryRunBody of(DryRuns.Begun begun, List<Warning> warnings) {
    DryRun found = begun.found();
    return new DryRunBody(
        LocalDate.ofEpochDay(found.first()),
        LocalDate.ofEpochDay(found.today()),
        begun.survey().counted(),
        begun.survey().population(),
        begun.survey().unanswered(),
        found.playbooks().stream().map(DryRunBody::playbook).toList(),
        found.turned().entrySet().stream().map(day -> day(day, begun)).toList(),
        found.tasks(OWNERS_MAX).stream()
            .map(of -> new OwnerBody(of.getKey().orElse(null), of.getValue()))
            .toList(),
        warnings);
  }

  private static PlaybookBody playbook(Rehearsed rehearsed) {
    return new PlaybookBody(
        rehearsed.playbook().key(),
        rehearsed.playbook().name(),
        rehearsed.runs(),
        rehearsed.accounts(),
        rehearsed.recovered(),
        rehearsed.count(Kind.TASK),
        new MessagesBody(
            rehearsed.count(Kind.SLACK),
            rehearsed.count(Kind.EMAIL),
            rehearsed.count(Kind.WEBHOOK),
            rehearsed.count(Kind.INVITATION)),
        rehearsed.latest().stream()
            .map(
                run ->
                    new RunBody(
                        run.account(), run.name(), LocalDate.ofEpochDay(run.day()), run.cause()))
            .toList());
  }

  private static DayBody day(Map.Entry<Integer, DryRun.Turned> day, DryRuns.Begun begun) {
    String signal = begun.silent().get(day.getKey());
    boolean many = begun.isStormy(day.getValue());
    return new DayBody(
        LocalDate.ofEpochDay(day.getKey()),
        day.getValue().runs(),
        day.getValue().accounts(),
        many ? "many" : signal != null ? "silence" : null,
        signal);
  }
}
