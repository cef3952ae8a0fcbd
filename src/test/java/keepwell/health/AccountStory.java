package keepwell.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import keepwell.health.AccountEvent.Reason;
import keepwell.health.AccountEvent.StandingPublished;
import keepwell.health.AccountEvent.TierChanged;
import keepwell.health.Decider.Moment;

/**
 * Something happens to an account, and its tier changes. The score here is 10 for each login of the
 * last week, and 1 for each smile of the last day.
 */
class AccountStory {
  static final String LOGINS =
      """
      {"scorecards": [{"key": "logins", "hysteresis": %d,
        "when": {"segment": ["%s"]},
        "tiers": [{"key": "green", "from": 80}, {"key": "yellow", "from": 50},
                  {"key": "red", "from": 0}],
        "adjustments": [
          {"key": "login", "signal": "login", "points": %d, "window": "P7D"},
          {"key": "smile", "signal": "smile", "points": 1, "window": "P1D"}]},
        {"key": "other", "tiers": [{"key": "fine", "from": 0}],
         "adjustments": [{"key": "login", "signal": "login", "points": 1, "window": "P7D"}]}]}
      """;

  static Scorecards logins(int hysteresis) {
    return Cases.scorecards(Cases.tree(LOGINS.formatted(hysteresis, "smb", 10)));
  }

  Scorecards[] versions = {logins(0)};
  Thresholds thresholds = Thresholds.NONE;
  Account account = Account.unknown(Cases.UTC);
  final List<TierChanged> changes = new ArrayList<>();
  final List<StandingPublished> published = new ArrayList<>();

  /** What the last command was answered, and how many events it stored. */
  Object answer;

  int stored;

  void in(Scorecards first) {
    versions = new Scorecards[] {first};
  }

  void then(Scorecards next) {
    versions = Arrays.copyOf(versions, versions.length + 1);
    versions[versions.length - 1] = next;
  }

  void watching(double... scores) {
    thresholds = new Thresholds(thresholds.version() + 1, DoubleStream.of(scores).boxed().toList());
  }

  private Moment moment(String now) {
    return Moments.at(Instant.parse(now), thresholds, versions);
  }

  void label(String segment, String now) {
    happened(Decider.label(account, "a", Map.of("segment", Optional.of(segment)), moment(now)));
  }

  void signals(String key, int count, String at, String now) {
    List<Signal> signals = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      signals.add(Cases.signal(key, 1, at));
    }
    happened(Decider.record(account, "a", signals, false, moment(now)));
  }

  void override(Double max, Double min, String until, String now) {
    ScoreOverride override =
        new ScoreOverride(
            Optional.ofNullable(max),
            Optional.ofNullable(min),
            "champion left",
            "dana",
            Cases.day(until));
    happened(Decider.override(account, override, moment(now)));
  }

  void overrideRemoved(String now) {
    happened(Decider.removeOverride(account, moment(now)));
  }

  void closed(boolean closed, String now) {
    happened(Decider.close(account, closed, moment(now)));
  }

  void reviewed(String day, String now) {
    happened(Upkeep.review(account, Cases.day(day), moment(now)));
  }

  void rescored(String now) {
    happened(Upkeep.rescore(account, moment(now)));
  }

  void looked(String now) {
    happened(Inquiry.standing(account, Optional.empty(), moment(now)));
  }

  void happened(Decision<?> decision) {
    answer = decision.answer();
    stored = decision.events().size();
    for (AccountEvent event : decision.events()) {
      account = account.evolve(event);
      if (event instanceof TierChanged change) {
        changes.add(change);
      }
      if (event instanceof StandingPublished standing) {
        published.add(standing);
      }
    }
  }

  void changed(String from, String to, Reason reason, String at) {
    assertThat(changes).isNotEmpty();
    TierChanged change = changes.remove(0);
    assertThat(change.from()).isEqualTo(Optional.ofNullable(from));
    assertThat(change.to()).isEqualTo(Optional.ofNullable(to));
    assertThat(change.reason()).isEqualTo(reason);
    assertThat(change.at()).isEqualTo(Instant.parse(at));
  }

  void nothingElseChanged() {
    assertThat(changes).isEmpty();
  }
}
