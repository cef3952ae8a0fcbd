package keepwell.truth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import keepwell.health.Fault;
import keepwell.health.Judged;
import keepwell.health.Judged.Found;
import keepwell.health.Outcome;
import keepwell.health.ScorecardReader;
import keepwell.health.Scorecards;

/** Scorecards, and accounts that were scored by them. */
final class Given {
  /** A scorecard whose score is the mood, by its key, and what else it has. */
  static final String CARD =
      """
      {"key": "%s", "tiers": [{"key": "green", "from": 80}, {"key": "yellow", "from": 50},
        {"key": "red", "from": 0}]%s,
       "categories": [{"key": "c", "weight": 1, "metrics": [
         {"key": "mood", "points": 1, "curve": [[0, 0], [100, 100]],
          "measure": {"of": "latest", "signal": "mood"}},
         {"key": "logins", "points": 0, "curve": [[0, 0], [10, 100]],
          "measure": {"of": "count", "signal": "login", "window": "P7D"}}]}]}
      """;

  static final Scorecards MOOD = scorecards(CARD.formatted("mood", ""));

  private Given() {}

  @SuppressWarnings("unchecked")
  static Map<String, Object> document(String scorecards) {
    try {
      return new ObjectMapper().readValue("{\"scorecards\": [" + scorecards + "]}", Map.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static Scorecards scorecards(String scorecards) {
    return scorecards(document(scorecards));
  }

  static Scorecards scorecards(Map<String, Object> document) {
    Set<Fault> faults = new HashSet<>();
    Scorecards read = ScorecardReader.readDraft(document, "", faults);
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(faults.toString());
    }
    return read;
  }

  /**
   * An account whose only metric with data is the mood.
   *
   * @param redDays for how many days it had been in red, if it was
   */
  static Judged judged(
      String account, Outcome outcome, int outcomeOn, double score, int redDays, int day) {
    String tier = score >= 80 ? "green" : score >= 50 ? "yellow" : "red";
    return new Judged(
        account,
        Optional.empty(),
        outcome,
        outcomeOn,
        List.of(
            new Judged.Score(
                Found.SCORED,
                "mood",
                score,
                Optional.of(tier),
                tier.equals("red") ? day - redDays + 1 : day + 1,
                new double[] {score, Double.NaN},
                new double[0])));
  }

  static Judged scoreless(Found found, int outcomeOn) {
    return new Judged(
        "none",
        Optional.empty(),
        Outcome.RENEWED,
        outcomeOn,
        List.of(
            new Judged.Score(
                found,
                "",
                Double.NaN,
                Optional.empty(),
                Integer.MAX_VALUE,
                new double[0],
                new double[0])));
  }
}
