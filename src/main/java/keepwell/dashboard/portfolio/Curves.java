package keepwell.dashboard.portfolio;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import keepwell.account.Accounts;
import keepwell.dashboard.frame.Tiers;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;
import keepwell.portfolio.Listed;

/** Asks accounts for their curves, a page's at most. */
final class Curves {
  private static final int ACCOUNTS_MAX = 50;

  private final Accounts accounts;

  Curves(Accounts accounts) {
    this.accounts = accounts;
  }

  CompletionStage<Sparkline> of(Listed listed, Tiers tiers) {
    return accounts
        .history(listed.account(), Sparkline.DAYS)
        .exceptionally(failure -> Refusal.of(Code.UNAVAILABLE))
        .thenApply(answer -> Sparkline.of(answer, tiers.of(listed.tier())));
  }

  /** By account; the rest has none. */
  CompletionStage<Map<String, Sparkline>> of(List<Listed> listed, Tiers tiers) {
    CompletableFuture<Map<String, Sparkline>> all =
        CompletableFuture.completedFuture(new LinkedHashMap<>());
    for (Listed each : listed.subList(0, Math.min(ACCOUNTS_MAX, listed.size()))) {
      all =
          all.thenCombine(
              of(each, tiers),
              (curves, curve) -> {
                curves.put(each.account(), curve);
                return curves;
              });
    }
    return all;
  }
}
