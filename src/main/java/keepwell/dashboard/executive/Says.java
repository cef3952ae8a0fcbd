package keepwell.dashboard.executive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import keepwell.dashboard.frame.Bands;
import keepwell.dashboard.frame.Figures;
import keepwell.dashboard.frame.Tiers;
import keepwell.portfolio.Overview.Band;
import keepwell.portfolio.Overview.Day;
import keepwell.portfolio.Overview.Group;
import keepwell.portfolio.Overview.Move;

/** What matters most of all accounts, in sentences. */
final class Says {
  private static final int DAYS_AHEAD = 90;

  private Says() {}

  /**
   * @param today counted from 1970-01-01
   */
  static List<String> of(Group group, Tiers tiers, int today) {
    List<String> says = new ArrayList<>();
    double arr = Bands.arr(group.bands());
    says.add(
        Figures.count(Bands.accounts(group.bands()), "account")
            + (arr == 0 ? "" : ", " + Figures.compact(arr) + " ARR")
            + ".");
    List<Tiers.Mark> worst =
        tiers.all().stream().filter(tier -> tier.shape().equals("worst")).toList();
    if (worst.isEmpty()) {
      return says;
    }
    Set<String> keys = worst.stream().map(Tiers.Mark::key).collect(Collectors.toSet());
    String name =
        worst.stream().map(Tiers.Mark::name).distinct().collect(Collectors.joining(" or "));
    Predicate<Band> isWorst = band -> band.tier().filter(keys::contains).isPresent();
    if (Month.before(group, today).isPresent()) { // else what is known now is all there was
      says.add(moved(group.moves(), keys, name));
      changed(group, isWorst, name, today).ifPresent(says::add);
    }
    ahead(group, isWorst, name).ifPresent(says::add);
    return says;
  }

  private static String moved(List<Move> moves, Set<String> worst, String name) {
    long in = 0;
    long out = 0;
    for (Move move : moves) {
      boolean from = worst.contains(move.from());
      boolean to = worst.contains(move.to());
      in += to && !from ? move.in30Days() : 0;
      out += from && !to ? move.in30Days() : 0;
    }
    return in + out == 0
        ? "No account became %s in 30 days, and none left it.".formatted(name)
        : "%s became %s in 30 days, and %s left it."
            .formatted(Figures.count(in, "account"), name, Figures.count(out));
  }

  /** By what they are worth, or by how many they are where nothing is known of worth. */
  private static Optional<String> changed(
      Group group, Predicate<Band> isWorst, String name, int today) {
    Day before = Month.before(group, today).orElseThrow();
    List<Band> now = group.bands().stream().filter(isWorst).toList();
    List<Band> then = before.bands().stream().filter(isWorst).toList();
    String since = Month.since(before.day(), today);
    String against =
        since.equals("a month ago") ? "in a month" : since.replaceFirst("^on", "since");
    double worth = Bands.arr(now) - Bands.arr(then);
    if (Bands.arr(group.bands()) != 0) {
      return Optional.of(
          Math.round(worth) == 0
              ? "ARR of %s accounts is the same as %s.".formatted(name, since)
              : "ARR of %s accounts %s by %s %s."
                  .formatted(
                      name,
                      worth > 0 ? "grew" : "fell",
                      Figures.compact(Math.abs(worth)),
                      against));
    }
    long more = Bands.accounts(now) - Bands.accounts(then);
    return more == 0
        ? Optional.empty()
        : Optional.of(
            "%s %s are %s than %s."
                .formatted(
                    Figures.count(Math.abs(more)), more > 0 ? "more" : "fewer", name, since));
  }

  private static Optional<String> ahead(Group group, Predicate<Band> isWorst, String name) {
    List<Band> ahead =
        group.renewals().stream()
            .filter(renewal -> renewal.withinDays() == DAYS_AHEAD)
            .map(renewal -> renewal.band())
            .filter(isWorst)
            .toList();
    if (Bands.accounts(ahead) == 0) {
      return Optional.empty();
    }
    double arr = Bands.arr(ahead);
    return Optional.of(
        "%s%s within %d days."
            .formatted(
                arr == 0
                    ? Figures.count(Bands.accounts(ahead), name + " account")
                    : "%s of %s ARR".formatted(Figures.compact(arr), name),
                arr != 0 || Bands.accounts(ahead) == 1 ? " renews" : " renew",
                DAYS_AHEAD));
  }
}
