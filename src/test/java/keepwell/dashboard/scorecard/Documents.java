package keepwell.dashboard.scorecard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import keepwell.health.Fault;
import keepwell.health.Metric;
import keepwell.health.ScorecardReader;
import keepwell.health.Scorecards;

/** Scorecards from JSON that may have single quotes. */
final class Documents {
  static final String TIERS =
      "[{'key': 'green', 'name': 'Healthy', 'from': 80}, {'key': 'yellow', 'name': 'At risk',"
          + " 'from': 50}, {'key': 'red', 'name': 'Critical', 'from': 0}]";

  static final String CATEGORIES =
      """
      [{'key': 'usage', 'name': 'Product usage', 'weight': 40, 'metrics': [
         {'key': 'active-users', 'name': 'Active users', 'points': 30,
          'measure': {'of': 'users', 'signal': 'login', 'window': 'P28D',
            'per': {'of': 'latest', 'signal': 'seats'}},
          'curve': [[0, 0], [0.8, 100]]},
         {'key': 'breadth', 'name': 'Feature breadth', 'points': 10,
          'measure': {'of': 'items', 'signal': 'feature', 'window': 'P28D'},
          'curve': [[0, 0], [5, 60], [12, 100]]}]},
       {'key': 'support', 'name': 'Support', 'weight': 20, 'metrics': [
         {'key': 'tickets', 'name': 'Tickets', 'points': 1, 'missing': 100,
          'measure': {'of': 'count', 'signal': 'ticket', 'window': 'P28D'},
          'steps': [[0, 100], [3, 50], [6, 0]]}]}]""";

  static final String ADJUSTMENTS =
      """
      [{'key': 'silent', 'name': 'Silent', 'signal': 'login', 'points': -10, 'absent': true,
        'window': 'P14D'}]""";

  private Documents() {}

  static Object parsed(String json) {
    try {
      return new ObjectMapper().readValue(json.replace('\'', '"'), Map.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static Scorecards read(String json) {
    Set<Fault> faults = new LinkedHashSet<>();
    Scorecards scorecards = ScorecardReader.readDraft(parsed(json), "", faults);
    assertThat(faults).isEmpty();
    return scorecards;
  }

  /** One scorecard, with more fields such as {@code 'base': 3,}. */
  static Scorecards one(String more, String tiers, String categories, String adjustments) {
    return read(
        "{'scorecards': [{'key': 'saas', 'name': 'SaaS', %s 'tiers': %s, 'categories': %s, 'adjustments': %s}]}"
            .formatted(more, tiers, categories, adjustments));
  }

  static Scorecards usual() {
    return one("", TIERS, CATEGORIES, ADJUSTMENTS);
  }

  /** A metric with these fields besides its key and points. */
  static Metric metric(String fields) {
    String categories =
        "[{'key': 'c', 'weight': 1, 'metrics': [{'key': 'm', 'points': 1, %s}]}]".formatted(fields);
    return one("", TIERS, categories, "[]").scorecards().get(0).metrics().get(0);
  }
}
