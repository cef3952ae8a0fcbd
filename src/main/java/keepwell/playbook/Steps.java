package keepwell.playbook;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import keepwell.health.Answer;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;
import keepwell.health.Standing;
import keepwell.playbook.Step.Notify;
import keepwell.playbook.Task.State;
import keepwell.portfolio.Listed;
import keepwell.portfolio.Portfolio;

/** Does the steps of runs: what is told and given, and that it was, is committed together. */
final class Steps {
  private static final Duration DAY = Duration.ofDays(1);

  private final Portfolio portfolio;
  private final Beginnings beginnings;
  private final Tasks tasks;
  private final Letters letters;
  private final InstantSource productClock;

  /** A step, and all that must be known to do it. */
  record Due(RunSteps.Row row, Run run, Playbook playbook, Standing standing, Listed account) {}

  Steps(
      Portfolio portfolio,
      Beginnings beginnings,
      Tasks tasks,
      Letters letters,
      InstantSource productClock) {
    this.portfolio = portfolio;
    this.beginnings = beginnings;
    this.tasks = tasks;
    this.letters = letters;
    this.productClock = productClock;
  }

  /**
   * Does a step, or notes why it is not done; false if its account must be asked again.
   *
   * @param answer of its account
   */
  boolean perform(Connection connection, RunSteps.Row row, Run run, Answer answer)
      throws SQLException {
    if (answer instanceof Refusal refusal && refusal.code() != Code.ACCOUNT_UNKNOWN) {
      return false;
    }
    Listed account =
        portfolio.accounts(connection, List.of(run.persistenceId())).get(run.persistenceId());
    if (isPutOff(row, run)) {
      RunSteps.postpone(connection, row.run(), row.step(), DAY);
      return true;
    }
    Optional<String> skipped =
        answer instanceof Standing standing && account != null
            ? perform(connection, new Due(row, run, beginnings.playbook(run), standing, account))
            : Optional.of("the account is not known");
    RunSteps.end(connection, row.run(), row.step(), skipped, productClock.instant());
    return true;
  }

  /** Whether it is a follow-up of an account that is better, and may soon have recovered. */
  private boolean isPutOff(RunSteps.Row row, Run run) {
    return run.progress().betterOn().isPresent()
        && beginnings.playbook(run).step(row.step()).filter(Playbook.Placed::followUp).isPresent();
  }

  /** Returns why it is not done. */
  private Optional<String> perform(Connection connection, Due due) throws SQLException {
    if (due.account.closedAt().isPresent()) {
      return Optional.of("the account is closed");
    }
    String path = due.row.step();
    if (path.endsWith(RunSteps.ESCALATE)) {
      return escalate(connection, due, path.substring(0, path.indexOf(RunSteps.ESCALATE)));
    }
    Playbook.Placed placed = due.playbook.step(path).orElseThrow();
    if (placed.step() instanceof Notify notify) {
      return letters.send(connection, notify, due, openTask(connection, due.run.id()));
    }
    if (placed.step() instanceof Step.Invite invite) {
      return letters.send(connection, invite, due);
    }
    give(connection, (Step.GiveTask) placed.step(), due);
    return Optional.empty();
  }

  /** The first task that a run has given, and that is still to be done. */
  private static Optional<Task> openTask(Connection connection, long run) throws SQLException {
    return Tasks.of(connection, run).stream()
        .filter(task -> task.state() == State.OPEN)
        .findFirst();
  }

  private void give(Connection connection, Step.GiveTask step, Due due) throws SQLException {
    Instant now = productClock.instant();
    Instant dueAt = now.plus(Duration.ofDays(step.dueDays()));
    Run run = due.run;
    tasks.add(
        connection,
        new Task(
            0,
            run.id(),
            due.row.step(),
            run.playbook(),
            run.persistenceId(),
            run.account(),
            step.title(),
            step.owner().or(() -> owner(due)),
            now,
            dueAt,
            State.OPEN,
            Optional.empty(),
            Briefing.situation(due.standing)));
    if (step.escalation().isPresent()) {
      RunSteps.add(
          connection,
          run.id(),
          due.row.step() + RunSteps.ESCALATE,
          dueAt.plus(Duration.ofDays(step.escalation().get().afterDays())));
    }
  }

  /** Who gets a task that nobody is named for. */
  static Optional<String> owner(Due due) {
    return due.playbook.owner(due.standing.labels());
  }

  private Optional<String> escalate(Connection connection, Due due, String path)
      throws SQLException {
    Optional<Task> task = Tasks.of(connection, due.run.id(), path);
    if (task.filter(given -> given.state() == State.OPEN).isEmpty()) {
      return Optional.of("the task was not open any more");
    }
    Step.GiveTask step = (Step.GiveTask) due.playbook.step(path).orElseThrow().step();
    Step.Escalation escalation = step.escalation().orElseThrow();
    Optional<Task> escalated =
        tasks.change(
            connection,
            task.get().id(),
            new Tasks.Patch(
                Optional.empty(),
                escalation.owner(),
                Optional.empty(),
                Optional.of("overdue"),
                Optional.empty()),
            productClock.instant());
    for (Notify notify : escalation.steps()) {
      letters.send(connection, notify, due, escalated);
    }
    return Optional.empty();
  }
}
