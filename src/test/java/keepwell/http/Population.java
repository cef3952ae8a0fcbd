package keepwell.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.StreamSupport;

/** Accounts of every kind: many alike, many that lack something, some closed. */
final class Population {
  static final List<String> NAMES =
      List.of(
          "Müller",
          "MÜLLER",
          "müller & Söhne",
          "100% Pure",
          "100 Percent",
          "a_b",
          "aXb",
          "😀 Smile",
          "😀😀",
          "Zebra",
          "zebra",
          "Ångström",
          "'quoted'",
          "a\\b");
  static final List<String> OWNERS = List.of("dana", "kim", "Ödön");
  static final List<String> SEGMENTS = List.of("smb", "strict");
  static final List<String> PARENTS = List.of("globex-group", "a%");

  private static final List<String> MOODS = List.of("10", "49.5", "50", "50", "79.9", "80", "100");
  private static final List<String> ARRS = List.of("0", "100", "100", "99.99", "5000", "1e6", "-5");
  private static final List<Integer> RENEWALS = List.of(-1, 0, 0, 29, 30, 31, 60, 61, 90, 91, 400);

  private final Random random;
  private final PortfolioNode node;

  private Population(PortfolioNode node, long seed) {
    this.node = node;
    this.random = new Random(seed);
  }

  static void settle(PortfolioNode node, int accounts, long seed) {
    new Population(node, seed).settle(accounts);
  }

  /** Every account that is listed, in some order. */
  static List<JsonNode> all(PortfolioNode node, boolean closed) {
    JsonNode items = node.got("/v1/accounts?limit=1000&closed=" + closed).get("items");
    return StreamSupport.stream(items.spliterator(), false).toList();
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private boolean mostly() {
    return random.nextInt(4) > 0;
  }

  private void settle(int accounts) {
    List<String> signals = new ArrayList<>();
    for (int i = 0; i < accounts; i++) {
      String id = (i % 3 == 0 ? "Account-" : i % 3 == 1 ? "account%" : "ä_") + i;
      node.labels(id, new String(Json.bytes(labels()), UTF_8));
      if (mostly()) {
        signals.add(id + ",mood," + any(MOODS) + "," + PortfolioNode.TODAY);
      }
      if (mostly()) {
        signals.add(id + ",mood," + any(MOODS) + "," + PortfolioNode.TODAY.minusDays(40));
      }
      if (mostly()) {
        signals.add(id + ",arr," + any(ARRS) + ",");
      }
      if (mostly()) {
        signals.add(id + ",renewal-date," + PortfolioNode.TODAY.plusDays(any(RENEWALS)) + ",");
      }
      if (i % 7 == 0) {
        node.api().send("PUT", PortfolioNode.account(id) + "/closed", BodyPublishers.noBody());
      }
    }
    node.signals("", signals);
    node.caughtUp();
  }

  private Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("kind", "generated");
    if (mostly()) {
      labels.put("name", any(NAMES));
    }
    if (mostly()) {
      labels.put("owner", any(OWNERS));
    }
    if (mostly()) {
      labels.put("segment", any(SEGMENTS));
    }
    if (mostly()) {
      labels.put("parent", any(PARENTS));
    }
    return labels;
  }
}
