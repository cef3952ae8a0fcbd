package keepwell.playbook;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import keepwell.health.Days;
import keepwell.health.Scorecard;
import keepwell.journal.ScorecardVersions;
import keepwell.playbook.Run.Ending;
import keepwell.playbook.Run.Progress;
import keepwell.playbook.Run.State;
import keepwell.portfolio.Listed;

/** Lets runs begin: at once, once the account has confirmed it, or when a storm is over. */
final class Beginnings {
  /** Why a step was not done. */
  static final String ENDED = "the run had ended";

  private final PlaybookVersions versions;
  private final ScorecardVersions scorecards;
  private final Storms storms;
  private final Days days;
  private final InstantSource realClock;

  Beginnings(
      PlaybookVersions versions,
      ScorecardVersions scorecards,
      Storms storms,
      Days days,
      InstantSource realClock) {
    this.versions = versions;
    this.scorecards = scorecards;
    this.storms = storms;
    this.days = days;
    this.realClock = realClock;
  }

  /**
   * Has a run begin, if it may.
   *
   * @param version of the playbooks
   */
  void begin(
      AccountRuns runs,
      String persistenceId,
      Listed account,
      Playbook playbook,
      int version,
      Cause cause,
      Instant at) {
    int day = days.of(at);
    int since = account.tierSince().map(days::of).orElse(day);
    if (!runs.mayBegin(playbook, day, since)) {
      return;
    }
    Optional<String> tier = Optional.ofNullable(cause.to()).or(account::tier);
    boolean best = tier.isPresent() && rank(account, tier.get()) == 0;
    Progress begun =
        Progress.BEGUN
            .in(playbook.trigger().isToBeConfirmed() ? State.SUSPECTED : State.ACTIVE)
            .better(best ? OptionalInt.of(day) : OptionalInt.empty());
    runs.begin(
        new Run(
            0,
            playbook.key(),
            version,
            persistenceId,
            account.account(),
            cause,
            tier,
            at,
            day,
            realClock.instant(),
            begun));
  }

  /** Whether a tier is better than that in which a run began, or the best there is. */
  boolean isBetter(Listed account, Run run, String tier) {
    int now = rank(account, tier);
    int then = run.tier().map(began -> rank(account, began)).orElse(-1);
    return now == 0 || (now > 0 && now < then);
  }

  private int rank(Listed account, String tier) {
    return scorecards
        .current()
        .of(account.labels())
        .map((Scorecard card) -> card.rank(tier))
        .orElse(-1);
  }

  /** Stores what has begun and changed, and holds what must be held. */
  void store(Connection connection, List<AccountRuns> all) throws SQLException {
    List<Run> begun = new ArrayList<>();
    List<Run> changed = new ArrayList<>();
    for (AccountRuns runs : all) {
      begun.addAll(runs.begun());
      changed.addAll(runs.changed());
    }
    Runs.update(connection, changed);
    RunSteps.skip(
        connection, changed.stream().filter(run -> !run.isOpen()).map(Run::id).toList(), ENDED);
    List<Run> stored = Runs.add(connection, begun);
    go(connection, stored.stream().filter(run -> run.progress().state() == State.ACTIVE).toList());
  }

  /** Lets active runs go on that are stored, unless a storm holds them. */
  void go(Connection connection, List<Run> runs) throws SQLException {
    List<Run> held = storms.held(connection, runs);
    Runs.update(connection, held);
    Set<Long> ids = held.stream().map(Run::id).collect(Collectors.toSet());
    for (Run run : runs) {
      if (!ids.contains(run.id())) {
        RunSteps.add(connection, run, playbook(run), run.beganAt());
      }
    }
  }

  /** Ends runs; what they have not done is not done any more. */
  void end(
      Connection connection, List<Run> runs, Function<Run, Instant> at, Function<Run, Ending> how)
      throws SQLException {
    Runs.update(
        connection,
        runs.stream()
            .map(run -> run.with(run.progress().ended(at.apply(run), how.apply(run))))
            .toList());
    RunSteps.skip(connection, runs.stream().map(Run::id).toList(), ENDED);
  }

  /** The playbook by which a run began. */
  Playbook playbook(Run run) {
    return versions.known(run.version()).playbook(run.playbook()).orElseThrow();
  }
}
