package keepwell.truth;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import keepwell.health.Answer;
import keepwell.health.Fault;
import keepwell.health.Judged;
import keepwell.health.Judged.Found;
import keepwell.health.ScorecardReader;
import keepwell.health.Scorecards;
import keepwell.portfolio.Population;
import keepwell.portfolio.Survey;
import keepwell.truth.Split.Part;

/**
 * A calibration that is under way: all accounts with an outcome are asked how the scorecards in
 * force had scored them, weights are fitted to a part of them, and all are asked again how the
 * drafts would have.
 */
public final class Calibration {
  /** Accounts that are fitted to; more would hardly make other weights. */
  private static final int OBSERVED_MAX = 100_000;

  private final Truth truth;
  private final Scorecards inForce;
  private final Map<String, Object> document;
  private final Judged.Terms terms;
  private final Split split;
  private final Map<String, Observations> observations = new HashMap<>();
  private final Trial present;
  private final Survey reading;
  private Optional<Candidate> fitted = Optional.empty();
  private Optional<Candidate> doubled = Optional.empty();
  private List<ScorecardFit> fits = List.of();
  private List<RuleOfThumb> rules = List.of();
  private Survey.Step read = new Survey.Step(0, 0, false);
  private Survey checking;

  /** How scorecards do on the accounts that were fitted to, and on those that were held out. */
  public record Trial(Validation train, Validation heldOut) {
    static Trial of(Scorecards scorecards) {
      return new Trial(Validation.of(scorecards), Validation.of(scorecards));
    }

    void add(Part part, Judged account, Judged.Score score, int day) {
      (part == Part.TRAIN ? train : heldOut).add(account, score, day);
    }
  }

  /**
   * A draft, and how it does.
   *
   * @param document in the format of all scorecards
   */
  public record Candidate(Map<String, Object> document, Trial trial) {}

  /**
   * @param document of the scorecards in force
   * @param terms with the label of the split
   */
  Calibration(
      Truth truth,
      Scorecards inForce,
      Map<String, Object> document,
      Judged.Terms terms,
      Split split) {
    this.truth = truth;
    this.inForce = inForce;
    this.document = document;
    this.terms = terms;
    this.split = split;
    this.present = Trial.of(inForce);
    int observedMax = OBSERVED_MAX / inForce.scorecards().size();
    inForce
        .scorecards()
        .forEach(scorecard -> observations.put(scorecard.key(), new Observations(observedMax)));
    this.reading = survey(List.of(), this::read);
  }

  private Survey survey(List<String> drafts, Consumer<Judged> taking) {
    return truth
        .portfolio()
        .survey(
            Population.withOutcome(terms.from(), terms.to()),
            OptionalInt.empty(),
            id -> truth.asking().judge(id, inForce.version(), drafts, terms),
            answer -> take(answer, taking));
  }

  private static boolean take(Answer answer, Consumer<Judged> taking) {
    boolean counts = answer instanceof Judged account && account.counts();
    if (counts) {
      taking.accept((Judged) answer);
    }
    return counts;
  }

  private Part part(Judged account) {
    return split.of(account, Observation.place(account.account()));
  }

  private int day(Judged account) {
    return account.outcomeOn() - terms.horizonDays();
  }

  private void read(Judged account) {
    Part part = part(account);
    if (part == Part.NEITHER) {
      return;
    }
    Judged.Score score = account.scores().get(0);
    present.add(part, account, score, day(account));
    if (part == Part.TRAIN && score.found() == Found.SCORED) {
      observations.get(score.scorecard()).add(Observation.of(account, score));
    }
  }

  private void check(Judged account) {
    Part part = part(account);
    if (part == Part.NEITHER) {
      return;
    }
    List<Candidate> all = candidates();
    for (int i = 0; i < all.size(); i++) {
      all.get(i).trial.add(part, account, account.scores().get(1 + i), day(account));
    }
  }

  private List<Candidate> candidates() {
    return Stream.concat(fitted.stream(), doubled.stream()).toList();
  }

  /** Goes on: asks some more accounts, or fits. */
  public Survey.Step step() throws SQLException {
    if (!read.ended()) {
      read = reading.step();
      return new Survey.Step(read.asked(), 2 * read.accounts(), false);
    }
    if (checking == null) {
      fit();
      List<String> drafts = new ArrayList<>();
      for (Candidate candidate : candidates()) {
        drafts.add(truth.drafts().add(candidate.document, truth.realClock().instant()));
      }
      checking = survey(drafts, this::check);
      boolean ended = drafts.isEmpty();
      return new Survey.Step(read.asked(), ended ? read.asked() : 2 * read.asked(), ended);
    }
    Survey.Step checked = checking.step();
    return new Survey.Step(
        read.asked() + checked.asked(), read.asked() + checked.accounts(), checked.ended());
  }

  private void fit() {
    fits =
        inForce.scorecards().stream()
            .map(card -> ScorecardFit.of(card, observations.get(card.key()).all()))
            .toList();
    rules =
        inForce.scorecards().stream()
            .map(card -> RuleOfThumb.of(card, observations.get(card.key()).all()))
            .toList();
    observations.clear();
    if (fits.stream().anyMatch(fit -> fit.weights().isPresent())) {
      fitted = Optional.of(candidate(Redrafting.fitted(document, fits)));
    }
    if (rules.stream().anyMatch(rule -> !rule.doubled().isEmpty())) {
      doubled = Optional.of(candidate(Redrafting.doubled(document, rules)));
    }
  }

  private static Candidate candidate(Map<String, Object> draft) {
    Set<Fault> faults = new HashSet<>();
    Scorecards scorecards = ScorecardReader.readDraft(draft, "", faults);
    if (!faults.isEmpty()) {
      throw new IllegalStateException("a draft of ours has faults: " + faults);
    }
    return new Candidate(draft, Trial.of(scorecards));
  }

  /** How the scorecards in force do. */
  public Trial present() {
    return present;
  }

  /** How each scorecard was fitted, in their order. */
  public List<ScorecardFit> fits() {
    return fits;
  }

  /** The rule of thumb for each scorecard, in their order. */
  public List<RuleOfThumb> rules() {
    return rules;
  }

  /** The draft that was fitted; empty if nothing could be. */
  public Optional<Candidate> fitted() {
    return fitted;
  }

  /** The draft by the rule of thumb; empty if there is nothing to double. */
  public Optional<Candidate> doubled() {
    return doubled;
  }

  /** Whether the fitted draft is worth adopting. */
  public Advice advice() {
    return fitted
        .map(draft -> Advice.of(present.heldOut, draft.trial.heldOut))
        .orElse(Advice.NOTHING_FITTED);
  }

  /** Accounts that could not be asked. */
  public long unanswered() {
    return reading.unanswered();
  }
}
