package keepwell.truth;

import java.util.ArrayList;
import java.util.List;
import keepwell.health.Judged;
import keepwell.health.Scorecard;
import keepwell.health.Scorecards;

/** Of how many accounts in each tier the customers stayed. */
final class TierTable {
  private final List<Count> counts = new ArrayList<>();

  private static final class Count {
    private final Scorecard scorecard;
    private final int rank;
    private long accounts;
    private long stayed;

    Count(Scorecard scorecard, int rank) {
      this.scorecard = scorecard;
      this.rank = rank;
    }

    boolean isOf(Judged.Score score) {
      return scorecard.key().equals(score.scorecard())
          && score.tier().filter(scorecard.tiers().get(rank).key()::equals).isPresent();
    }
  }

  TierTable(Scorecards scorecards) {
    for (Scorecard scorecard : scorecards.scorecards()) {
      for (int rank = 0; rank < scorecard.tiers().size(); rank++) {
        counts.add(new Count(scorecard, rank));
      }
    }
  }

  /** Counts an account that has a score. */
  void add(Judged.Score score, boolean stayed) {
    for (Count count : counts) {
      if (count.isOf(score)) {
        count.accounts++;
        count.stayed += stayed ? 1 : 0;
      }
    }
  }

  /** Of each tier, best first, scorecard by scorecard. */
  List<TierRate> rates() {
    return counts.stream()
        .map(count -> TierRate.of(count.scorecard, count.rank, count.accounts, count.stayed))
        .toList();
  }
}
