package keepwell.portfolio;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import keepwell.health.Answer;
import keepwell.health.Previewed;

/** What drafts of scorecards would make of all accounts that are open, or of a sample of them. */
public final class Preview {
  private final List<Comparison> comparisons = new ArrayList<>();
  private final Survey survey;

  /** How an account is asked. */
  @FunctionalInterface
  public interface Asking {
    /**
     * Answers {@link Previewed}.
     *
     * @param leasts for each pair the difference of scores from which on it is to be explained
     */
    CompletionStage<Answer> preview(String persistenceId, List<Double> leasts);
  }

  /**
   * Nothing has been asked yet.
   *
   * @param count of the scorecards that are compared, those in force included
   * @param sample how many accounts are asked at most; empty: all
   */
  public Preview(Portfolio portfolio, Asking asking, int count, OptionalInt sample) {
    List<Previewed.Pair> pairs = Previewed.pairs(count);
    for (int place = 0; place < pairs.size(); place++) {
      comparisons.add(new Comparison(pairs.get(place), place));
    }
    this.survey =
        portfolio.survey(Population.open(), sample, id -> asking.preview(id, leasts()), this::take);
  }

  private List<Double> leasts() {
    return comparisons.stream().map(Comparison::least).toList();
  }

  private boolean take(Answer answer) {
    boolean counts = answer instanceof Previewed account && !account.outcomes().isEmpty();
    if (counts) {
      comparisons.forEach(comparison -> comparison.add((Previewed) answer));
    }
    return counts;
  }

  /** By which the accounts are asked, step by step. */
  public Survey survey() {
    return survey;
  }

  /** For each pair of the scorecards, in the order of {@link Previewed#pairs}. */
  public List<Comparison> comparisons() {
    return List.copyOf(comparisons);
  }
}
