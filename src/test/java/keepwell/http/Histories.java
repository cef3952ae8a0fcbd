package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Accounts that have sent signals for months, some of which are closed or erased, and scorecards by
 * which they stand here or there.
 */
final class Histories {
  static final String IN_FORCE =
      """
      {"scorecards": [
        {"key": "small", "when": {"segment": ["smb"]}, %1$s,
         "categories": [
          {"key": "use", "weight": 60, "metrics": [
            {"key": "users", "name": "Active users", "points": 3, "curve": [[0, 0], [5, 100]],
             "measure": {"of": "users", "signal": "login", "window": "P28D"}},
            {"key": "recent", "points": 1, "curve": [[0, 100], [60, 0]],
             "measure": {"of": "days-since", "signal": "login"}}]},
          {"key": "voice", "weight": 40, "metrics": [
            {"key": "nps", "points": 1, "curve": [[0, 0], [10, 100]],
             "measure": {"of": "latest", "signal": "nps"}}]}],
         "adjustments": [
          {"key": "tickets", "signal": "ticket", "points": -5, "cap": 20, "window": "P30D"}]},
        {"key": "large", "when": {"segment": ["enterprise"]}, %1$s, "base": 30, "adjustments": [
          {"key": "logins", "signal": "login", "points": 4, "cap": 60, "window": "P28D"}]}]}
      """
          .formatted(
              "\"tiers\": [{\"key\": \"green\", \"from\": 80}, {\"key\": \"yellow\", \"from\": 50},"
                  + " {\"key\": \"red\", \"from\": 0}]");

  /** Other weights, another tier, a metric more, and for those too for whom there was none. */
  static final String DRAFT =
      """
      {"scorecards": [
        {"key": "small", "when": {"segment": ["smb"]}, %1$s,
         "categories": [
          {"key": "use", "weight": 30, "metrics": [
            {"key": "users", "name": "People", "points": 1, "curve": [[0, 0], [4, 100]],
             "measure": {"of": "users", "signal": "login", "window": "P28D"}},
            {"key": "growth", "points": 2, "curve": [[0, 0], [2, 100]],
             "measure": {"of": "trend", "signal": "login", "window": "P28D"}}]},
          {"key": "voice", "weight": 70, "metrics": [
            {"key": "nps", "points": 1, "curve": [[0, 0], [8, 100]],
             "measure": {"of": "latest", "signal": "nps"}}]}],
         "adjustments": [
          {"key": "tickets", "signal": "ticket", "points": -10, "window": "P90D"}]},
        {"key": "all", %1$s, "minAge": "P30D", "adjustments": [
          {"key": "logins", "signal": "login", "points": 9, "window": "P28D"}]}]}
      """
          .formatted(
              "\"tiers\": [{\"key\": \"green\", \"from\": 70}, {\"key\": \"orange\", \"from\": 40},"
                  + " {\"key\": \"red\", \"from\": 0}]");

  private static final List<String> SEGMENTS = List.of("smb", "smb", "enterprise", "public");
  private static final int DAYS = 120;
  private static final int SIGNALS_MAX = 30;

  private final PortfolioNode node;
  private final Random random;

  private Histories(PortfolioNode node, long seed) {
    this.node = node;
    this.random = new Random(seed);
  }

  /** Accounts {@code a0}, {@code a1}…; every eleventh is closed, every thirteenth erased. */
  static void settle(PortfolioNode node, int accounts, long seed) {
    put(node, IN_FORCE);
    new Histories(node, seed).settle(accounts);
  }

  /** The version that a document becomes, once all accounts are settled by it. */
  static int put(PortfolioNode node, String scorecards) {
    HttpResponse<String> answer = node.api().put("/v1/scorecards", scorecards);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    int version = node.got("/v1/scorecards").path("version").asInt();
    PortfolioNode.await()
        .until(
            () -> node.got("/v1/scorecards/rescoring"),
            now -> now.get("version").asInt() == version && !now.get("endedAt").isNull());
    return version;
  }

  private void settle(int accounts) {
    List<String> signals = new ArrayList<>();
    for (int i = 0; i < accounts; i++) {
      String id = "a" + i;
      if (random.nextInt(5) > 0) {
        String segment = SEGMENTS.get(random.nextInt(SEGMENTS.size()));
        node.labels(id, "{\"name\": \"Account %d\", \"segment\": \"%s\"}".formatted(i, segment));
      } else {
        node.labels(id, "{\"owner\": \"dana\"}");
      }
      int count = random.nextInt(SIGNALS_MAX);
      for (int j = 0; j < count; j++) {
        signals.add(id + "," + signal());
      }
    }
    HttpResponse<String> answer =
        node.api()
            .post(
                "/v1/signals",
                "text/csv",
                "account,signal,value,at,user\n" + String.join("\n", signals));
    JsonNode taken = Api.json(answer);
    assertThat(taken.get("accepted").asInt()).as(answer.body()).isEqualTo(signals.size());
    for (int i = 0; i < accounts; i++) {
      settleMore(i);
    }
    node.caughtUp();
  }

  private String signal() {
    String at = PortfolioNode.TODAY.minusDays(random.nextInt(DAYS)).toString();
    return switch (random.nextInt(6)) {
      case 0 -> "nps,%d,%s,".formatted(random.nextInt(11), at);
      case 1 -> "ticket,,%s,".formatted(at);
      default -> "login,,%s,u%d".formatted(at, random.nextInt(8));
    };
  }

  private void settleMore(int i) {
    String account = PortfolioNode.account("a" + i);
    if (i % 7 == 0) {
      String override =
          """
          {"max": 60, "min": 20, "reason": "new owner", "author": "dana", "until": "2026-03-31"}
          """;
      assertThat(node.api().put(account + "/override", override).statusCode()).isEqualTo(200);
    }
    if (i % 11 == 0) {
      assertThat(node.send("PUT", account + "/closed")).isEqualTo(200);
    }
    if (i % 13 == 0) {
      assertThat(node.send("DELETE", account)).isEqualTo(204);
    }
  }

  static boolean isOpen(int i) {
    return i % 11 != 0 && i % 13 != 0;
  }
}
