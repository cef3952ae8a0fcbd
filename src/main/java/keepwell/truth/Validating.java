package keepwell.truth;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import keepwell.health.Answer;
import keepwell.health.Judged;
import keepwell.health.Scorecards;
import keepwell.portfolio.Population;
import keepwell.portfolio.Survey;

/** A validation that is under way, account by account. */
public final class Validating {
  private final Truth truth;
  private final Judged.Terms terms;
  private final Validation validation;
  private final Interventions interventions = new Interventions();
  private final Survey survey;

  /**
   * @param inForce the version of the scorecards in force, or that is validated
   * @param draft that is validated, by what it is known by; empty: the version is
   * @param sample how many accounts are asked at most; empty: all
   */
  Validating(
      Truth truth,
      Scorecards scorecards,
      int inForce,
      Optional<String> draft,
      Judged.Terms terms,
      OptionalInt sample) {
    this.truth = truth;
    this.terms = terms;
    this.validation = Validation.withMetrics(scorecards);
    List<String> drafts = draft.stream().toList();
    this.survey =
        truth
            .portfolio()
            .survey(
                Population.withOutcome(terms.from(), terms.to()),
                sample,
                id -> truth.asking().judge(id, inForce, drafts, terms),
                this::take);
  }

  private boolean take(Answer answer) {
    if (!(answer instanceof Judged account) || !account.counts()) {
      return false;
    }
    Judged.Score score = account.scores().get(account.scores().size() - 1);
    int day = account.outcomeOn() - terms.horizonDays();
    validation.add(account, score, day);
    if (score.worstSince() <= day) {
      interventions.add(
          truth.persistenceIds().apply(account.account()),
          score.worstSince(),
          account.outcomeOn(),
          account.stayed());
    }
    return true;
  }

  /** Asks some more accounts. */
  public Survey.Step step() throws SQLException {
    Survey.Step step = survey.step();
    interventions.decide(truth.runs());
    return step;
  }

  /** What was found so far. */
  public Validation validation() {
    return validation;
  }

  /** What came of playbooks, so far. */
  public Interventions interventions() {
    return interventions;
  }

  public Survey survey() {
    return survey;
  }
}
