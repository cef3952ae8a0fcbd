package keepwell.truth;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import keepwell.health.Answer;
import keepwell.health.Judged;
import keepwell.health.Scorecards;
import keepwell.journal.Drafts;
import keepwell.journal.Versions.Version;
import keepwell.playbook.RunLog;
import keepwell.portfolio.Portfolio;

/**
 * Whether scores tell the truth.
 *
 * @param runs of playbooks
 * @param drafts where every node finds them
 * @param asking how accounts are asked
 * @param persistenceIds of accounts by their ids
 */
public record Truth(
    Portfolio portfolio,
    RunLog runs,
    Drafts drafts,
    InstantSource realClock,
    Asking asking,
    UnaryOperator<String> persistenceIds) {

  /** How an account is asked. */
  @FunctionalInterface
  public interface Asking {
    /**
     * Answers {@link Judged}, with a score by a version and by each draft.
     *
     * @param drafts what they are known by
     */
    CompletionStage<Answer> judge(
        String persistenceId, int version, List<String> drafts, Judged.Terms terms);
  }

  /**
   * Validates a version of the scorecards; no account has been asked yet.
   *
   * @param sample how many accounts are asked at most; empty: all
   */
  public Validating validate(Scorecards version, Judged.Terms terms, OptionalInt sample) {
    return new Validating(this, version, version.version(), Optional.empty(), terms, sample);
  }

  /**
   * Validates a draft; no account has been asked yet.
   *
   * @param document of the draft, faultless
   * @param inForce the version in force
   * @param sample how many accounts are asked at most; empty: all
   */
  public Validating validate(
      Scorecards draft,
      Map<String, Object> document,
      int inForce,
      Judged.Terms terms,
      OptionalInt sample)
      throws SQLException {
    String id = drafts.add(document, realClock.instant());
    return new Validating(this, draft, inForce, Optional.of(id), terms, sample);
  }

  /** Calibrates a version of the scorecards; no account has been asked yet. */
  public Calibration calibrate(Version<Scorecards> version, Judged.Terms terms, Split split) {
    return new Calibration(this, version.value(), version.document(), terms, split);
  }
}
