package keepwell.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import keepwell.health.TypicalScorecard;

/** The scorecard of typical accounts, with other weights: scores and tiers that move. */
final class Weights {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Weights() {}

  /** A version or a draft that gives product usage some weight, and support another one. */
  static String document(int usage, int support) {
    JsonNode document = JSON.valueToTree(TypicalScorecard.document());
    for (JsonNode category : document.get("scorecards").get(0).get("categories")) {
      switch (category.get("key").textValue()) {
        case "usage" -> ((ObjectNode) category).put("weight", usage);
        case "support" -> ((ObjectNode) category).put("weight", support);
        default -> {}
      }
    }
    return document.toString();
  }
}
