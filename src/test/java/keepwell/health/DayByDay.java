package keepwell.health;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import keepwell.health.AccountEvent.AccountOpened;
import keepwell.health.AccountEvent.SignalsRecorded;
import keepwell.health.AccountEvent.TierChanged;

/**
 * What becomes of an account that is left alone, computed from its signals for each day in turn by
 * the {@link Reference}. Without hysteresis or overrides, and with a scorecard that fits everybody.
 */
public final class DayByDay {
  private final Map<String, Object> scorecard;
  private final List<Reference.Observation> signals = new ArrayList<>();
  private String account;
  private String tier;

  /** A move by the judgement of a day, at the start of the next. */
  public record Move(String account, String from, String to, Instant at) {}

  public DayByDay(Map<String, Object> scorecard) {
    this.scorecard = scorecard;
  }

  /** What happened to it before it was left alone. */
  public void add(AccountEvent event) {
    if (event instanceof AccountOpened opened) {
      account = opened.account();
    } else if (event instanceof SignalsRecorded recorded) {
      for (Signal signal : recorded.signals()) {
        signals.add(
            new Reference.Observation(
                signal.key(),
                signal.value(),
                signal.at(),
                text(signal.user()),
                text(signal.item())));
      }
    } else if (event instanceof TierChanged changed) {
      tier = changed.to().orElse(null);
    }
  }

  private static String text(long hash) {
    return hash == 0 ? null : Long.toHexString(hash);
  }

  /** Judges the days from one to another, that one left out. */
  public List<Move> moves(LocalDate from, LocalDate to) {
    List<Move> moves = new ArrayList<>();
    for (LocalDate day = from; day.isBefore(to); day = day.plusDays(1)) {
      String judged = Reference.score(scorecard, signals, day, ZoneOffset.UTC).tier();
      if (!Objects.equals(tier, judged)) {
        Instant over = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        moves.add(new Move(account, tier, judged, over));
        tier = judged;
      }
    }
    return moves;
  }

  /** The tier after the days that were judged; empty for none. */
  public String tier() {
    return tier == null ? "" : tier;
  }
}
