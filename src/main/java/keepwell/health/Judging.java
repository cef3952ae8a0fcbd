package keepwell.health;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import keepwell.health.Judged.Found;
import keepwell.health.Judged.Score;
import keepwell.health.Judged.Terms;

/** Looks back at an account from its outcome, and changes nothing. */
final class Judging {
  private final Account account;
  private final Scorecards by;
  private final Scorecard scorecard;
  private final int day;

  private Judging(Account account, Scorecards by, Scorecard scorecard, int day) {
    this.account = account;
    this.by = by;
    this.scorecard = scorecard;
    this.day = day;
  }

  static Judged of(Account account, List<Scorecards> by, Terms terms) {
    Optional<Outcomes.Past> last = account.outcomes.last(terms.from(), terms.to());
    if (!account.exists() || last.isEmpty() || !Scorecard.fit(terms.when(), account.labels)) {
      return Judged.NONE;
    }
    int day = last.get().day() - terms.horizonDays();
    return new Judged(
        account.id,
        terms.label().map(account.labels::get),
        last.get().outcome(),
        last.get().day(),
        by.stream()
            .map(
                each ->
                    each.of(account.labels)
                        .map(scorecard -> new Judging(account, each, scorecard, day).score())
                        .orElseGet(() -> Score.none(Found.NO_SCORECARD)))
            .toList());
  }

  private Score score() {
    if (!account.canScore(by, day)) {
      return Score.none(Found.TOO_OLD);
    }
    Evaluation evaluation = Evaluation.of(scorecard, account.facts, day);
    double score = evaluation.score();
    return new Score(
        Double.isNaN(score) ? Found.NO_SCORE : Found.SCORED,
        scorecard.key(),
        score,
        Optional.ofNullable(scorecard.band(score)),
        worstSince(evaluation),
        metrics(evaluation),
        IntStream.range(0, scorecard.adjustments().size())
            .mapToDouble(a -> evaluation.contribution(a, account.facts))
            .toArray());
  }

  private int worstSince(Evaluation present) {
    Evaluation evaluation = present;
    int since = day + 1;
    while (isWorst(evaluation)) {
      since--;
      if (!account.canScore(by, since - 1)) {
        break;
      }
      evaluation = Evaluation.of(scorecard, account.facts, since - 1);
    }
    return since;
  }

  private boolean isWorst(Evaluation evaluation) {
    String band = scorecard.band(evaluation.score());
    return scorecard.worst().filter(worst -> worst.equals(band)).isPresent();
  }

  private double[] metrics(Evaluation evaluation) {
    return IntStream.range(0, scorecard.categories().size())
        .boxed()
        .flatMapToDouble(
            c ->
                IntStream.range(0, scorecard.categories().get(c).metrics().size())
                    .mapToDouble(
                        m ->
                            Double.isNaN(evaluation.value(c, m))
                                ? Double.NaN
                                : evaluation.score(c, m)))
        .toArray();
  }
}
