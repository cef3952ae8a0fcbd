package keepwell.playbook;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import keepwell.playbook.Run.Ending;
import keepwell.playbook.Run.State;

/** Lets runs that begin go on: at once, once the account has confirmed it, or after a storm. */
final class Beginnings {
  /** Why a step was not done. */
  static final String ENDED = "the run had ended";

  private final PlaybookVersions versions;
  private final Storms storms;

  Beginnings(PlaybookVersions versions, Storms storms) {
    this.versions = versions;
    this.storms = storms;
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
