package keepwell.playbook;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletionStage;
import keepwell.health.Answer;
import keepwell.health.Days;
import keepwell.health.History;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;
import keepwell.health.Standing;
import keepwell.playbook.Run.State;
import keepwell.portfolio.Wakeup;

/** Decides by what accounts answer whether runs begin that only they can tell the reason of. */
final class Confirming {
  private final Beginnings beginnings;
  private final Days days;
  private final InstantSource productClock;

  Confirming(Beginnings beginnings, Days days, InstantSource productClock) {
    this.beginnings = beginnings;
    this.days = days;
    this.productClock = productClock;
  }

  /** What each account answers; empty where it doesn't. */
  List<Optional<Answer>> ask(List<Run> runs, Wakeup wakeup, Asking asking) {
    List<String> places = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      places.add(Integer.toString(i));
    }
    return wakeup.answers(places, place -> ask(runs.get(Integer.parseInt(place)), asking));
  }

  private CompletionStage<Answer> ask(Run run, Asking asking) {
    if (beginnings.playbook(run).trigger() instanceof Trigger.Drop drop) {
      int since = run.beganOn() - drop.withinDays();
      int today = days.of(productClock.instant());
      return asking.history().apply(run.account(), Math.min(History.DAYS_MAX, today - since + 1));
    }
    return asking.show().apply(run.account());
  }

  /** Lets those begin that are confirmed, and deletes the others; whether any was decided. */
  boolean decide(Connection connection, List<Run> runs, List<Optional<Answer>> answers)
      throws SQLException {
    List<Run> confirmed = new ArrayList<>();
    List<Run> refuted = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      Answer answer = answers.get(i).orElse(Refusal.of(Code.BUSY));
      if (answer instanceof Refusal refusal && refusal.code() != Code.ACCOUNT_UNKNOWN) {
        continue; // it is asked again
      }
      Optional<Cause> cause = cause(runs.get(i), answer);
      if (cause.isPresent()) {
        Run run = runs.get(i);
        confirmed.add(run.with(cause.get(), run.progress().in(State.ACTIVE)));
      } else {
        refuted.add(runs.get(i));
      }
    }
    Runs.delete(connection, refuted);
    Runs.confirm(connection, confirmed);
    beginnings.go(connection, confirmed);
    return !confirmed.isEmpty() || !refuted.isEmpty();
  }

  /** Why a run begins; empty if it doesn't. */
  private Optional<Cause> cause(Run run, Answer answer) {
    Trigger trigger = beginnings.playbook(run).trigger();
    if (trigger instanceof Trigger.Drop drop && answer instanceof History history) {
      OptionalDouble highest =
          history.days().stream()
              .filter(day -> day.day() >= run.beganOn() - drop.withinDays())
              .filter(day -> day.day() < run.beganOn())
              .flatMapToDouble(day -> day.score().stream())
              .max();
      return run.cause().fallenFrom(highest);
    }
    boolean declining =
        answer instanceof Standing standing
            && standing.closedAt().isEmpty()
            && Spotter.isDeclining(standing.trend7().orElse(0));
    return declining ? Optional.of(run.cause()) : Optional.empty();
  }
}
