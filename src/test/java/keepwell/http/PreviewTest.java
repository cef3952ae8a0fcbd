package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import keepwell.journal.TestDatabase;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a preview says of a draft is what happens when the draft comes into force: for any accounts,
 * whatever they have sent.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PreviewTest {
  private static final int ACCOUNTS = 300;
  private static final long SEED = 20260301;
  private static final int BIGGEST = 20;
  private static final int MOVERS = 3;

  @TempDir Path data;

  /**
   * An account by the scorecards in force, as of today.
   *
   * @param points that each metric and adjustment gives
   */
  private record Stands(
      String account, String name, Double score, String tier, Map<String, Double> points) {
    static Stands of(JsonNode standing) {
      Map<String, Double> points = new TreeMap<>();
      for (JsonNode category : standing.get("categories")) {
        for (JsonNode metric : category.get("metrics")) {
          points.put("metric " + metric.get("key").asText(), metric.get("contribution").asDouble());
        }
      }
      for (JsonNode adjustment : standing.get("adjustments")) {
        String key = "adjustment " + adjustment.get("key").asText();
        points.put(key, adjustment.get("contribution").asDouble());
      }
      if (standing.at("/scorecard/key").asText().equals("large")) {
        points.put("adjustment base", 30.0);
      }
      String account = standing.get("account").asText();
      return new Stands(
          account,
          standing.get("labels").path("name").asText(account),
          standing.get("score").isNull() ? null : standing.get("score").asDouble(),
          standing.get("tier").isNull() ? null : standing.get("tier").asText(),
          points);
    }
  }

  /** An account before and after. */
  private record Move(Stands before, Stands after) {
    boolean hasScores() {
      return before.score != null && after.score != null;
    }

    double change() {
      return after.score - before.score;
    }

    /** What each metric and adjustment has moved. */
    Map<String, Double> movers() {
      Map<String, Double> movers = new TreeMap<>(after.points);
      before.points.forEach((key, points) -> movers.merge(key, -points, Double::sum));
      return movers;
    }
  }

  private static List<Stands> all(PortfolioNode node, String today) {
    return IntStream.range(0, ACCOUNTS)
        .filter(Histories::isOpen)
        .mapToObj(i -> Stands.of(node.got(PortfolioNode.account("a" + i) + "?asOf=" + today)))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"EMBEDDED, 0, 2026-03-01", "POSTGRESQL, 0, 2026-03-01", "POSTGRESQL, 9, 2026-03-10"})
  void a_preview_tells_how_all_accounts_will_stand(TestDatabase kind, int days, String today) {
    try (PortfolioNode node = new PortfolioNode(data, kind)) {
      Histories.settle(node, ACCOUNTS, SEED);
      node.pass(days);
      HttpResponse<String> answer =
          node.api().post("/v1/scorecards/preview", "application/json", Histories.DRAFT);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      JsonNode preview = Api.json(answer);
      List<Stands> before = all(node, today);
      int version = node.got("/v1/scorecards").get("version").asInt();
      Histories.put(node, Histories.DRAFT);
      List<Stands> after = all(node, today);
      List<Move> moves =
          IntStream.range(0, before.size())
              .mapToObj(i -> new Move(before.get(i), after.get(i)))
              .toList();

      assertThat(preview.get("asOf").asText()).isEqualTo(today);
      assertThat(preview.get("version").asInt()).isEqualTo(version);
      assertThat(preview.get("accounts").asInt()).isEqualTo(moves.size());
      assertThat(preview.get("population").asInt()).isEqualTo(moves.size());
      assertThat(preview.get("unanswered").asInt()).isZero();
      assertThat(preview.get("warnings")).isEmpty();
      JsonNode comparison = preview.get("comparisons").get(0);
      assertThat(comparison.get("before").asText()).isEqualTo("version " + version);
      assertThat(comparison.get("after").asText()).isEqualTo("draft");
      tiersAre(comparison, moves);
      migrationIs(comparison, moves);
      scoresAre(comparison, moves);
      biggestMovesAre(comparison, moves);
      settledAs(node, today, after);
    }
  }

  private static Map<String, Long> counted(List<Move> moves, Function<Move, Object> what) {
    return moves.stream()
        .collect(Collectors.groupingBy(move -> "" + what.apply(move), Collectors.counting()));
  }

  private static void tiersAre(JsonNode comparison, List<Move> moves) {
    assertThat(comparison.get("tiers").findValuesAsText("tier"))
        .containsExactly("green", "yellow", "red", "orange", "null");
    Map<String, Long> before = counted(moves, move -> move.before.tier);
    Map<String, Long> after = counted(moves, move -> move.after.tier);
    assertThat(before.keySet()).containsExactlyInAnyOrder("green", "yellow", "red", "null");
    assertThat(after.keySet()).containsExactlyInAnyOrder("green", "orange", "red", "null");
    for (JsonNode tier : comparison.get("tiers")) {
      String key = tier.get("tier").asText();
      isShare(tier.get("before"), before.getOrDefault(key, 0L), moves.size());
      isShare(tier.get("after"), after.getOrDefault(key, 0L), moves.size());
    }
  }

  /** All are counted, so that it is known. */
  private static void isShare(JsonNode share, long accounts, int all) {
    assertThat(share.get("accounts").asLong()).isEqualTo(accounts);
    assertThat(share.get("share").asDouble()).isEqualTo((double) accounts / all);
    assertThat(share.get("low")).isEqualTo(share.get("share"));
    assertThat(share.get("high")).isEqualTo(share.get("share"));
  }

  private static void migrationIs(JsonNode comparison, List<Move> moves) {
    Map<String, Long> migration = new TreeMap<>();
    for (JsonNode each : comparison.get("migration")) {
      String way = each.get("from").asText() + " " + each.get("to").asText();
      assertThat(migration.put(way, each.get("accounts").asLong())).isNull();
    }
    assertThat(migration)
        .hasSizeGreaterThan(8)
        .isEqualTo(counted(moves, move -> move.before.tier + " " + move.after.tier));
  }

  private static void scoresAre(JsonNode comparison, List<Move> moves) {
    for (int band = 0; band < 10; band++) {
      JsonNode scores = comparison.get("scores").get(band);
      int from = band * 10;
      assertThat(scores.get("from").asInt()).isEqualTo(from);
      assertThat(scores.get("to").asInt()).isEqualTo(from + 10);
      assertThat(scores.get("before").asLong())
          .isEqualTo(moves.stream().filter(move -> isIn(from, move.before.score)).count());
      assertThat(scores.get("after").asLong())
          .isEqualTo(moves.stream().filter(move -> isIn(from, move.after.score)).count());
    }
  }

  private static boolean isIn(int from, Double score) {
    return score != null && from <= score && (score < from + 10 || (score == 100 && from == 90));
  }

  private static void biggestMovesAre(JsonNode comparison, List<Move> moves) {
    List<Move> expected =
        moves.stream()
            .filter(move -> move.hasScores() && move.change() != 0)
            .sorted(
                Comparator.comparingDouble((Move move) -> -Math.abs(move.change()))
                    .thenComparing(move -> move.before.account))
            .limit(BIGGEST)
            .toList();
    List<JsonNode> told = list(comparison.get("biggestMoves"));
    assertThat(told)
        .extracting(move -> move.get("account").asText())
        .hasSize(BIGGEST)
        .containsExactlyElementsOf(expected.stream().map(move -> move.before.account).toList());
    for (int i = 0; i < BIGGEST; i++) {
      Move move = expected.get(i);
      assertThat(told.get(i).get("name").asText()).isEqualTo(move.before.name);
      assertThat(told.get(i).at("/before/score").asDouble()).isEqualTo(move.before.score);
      assertThat(told.get(i).at("/after/score").asDouble()).isEqualTo(move.after.score);
      assertThat(told.get(i).at("/before/tier").asText()).isEqualTo(move.before.tier);
      assertThat(told.get(i).at("/after/tier").asText()).isEqualTo(move.after.tier);
      assertThat(told.get(i).get("change").asDouble()).isCloseTo(move.change(), within(1e-4));
      moversAre(told.get(i).get("movers"), move.movers());
    }
  }

  private static void moversAre(JsonNode told, Map<String, Double> movers) {
    List<Double> most =
        movers.values().stream()
            .map(Math::abs)
            .filter(points -> points > 1e-3)
            .sorted(Comparator.reverseOrder())
            .limit(MOVERS)
            .toList();
    assertThat(told).hasSameSizeAs(most).isNotEmpty();
    for (int i = 0; i < most.size(); i++) {
      JsonNode mover = told.get(i);
      String kind = mover.has("metric") ? "metric" : "adjustment";
      double points = mover.get("points").asDouble();
      assertThat(movers.get(kind + " " + mover.get(kind).asText())).isCloseTo(points, within(2e-4));
      assertThat(Math.abs(points)).isCloseTo(most.get(i), within(2e-4));
    }
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  /** Until the day is over a tier only moves the way that the score does. */
  private static void settledAs(PortfolioNode node, String today, List<Stands> after) {
    List<String> expected = new ArrayList<>();
    after.forEach(stands -> expected.add(stands.account + " " + stands.tier));
    node.pass(1);
    node.portfolioThrough(today);
    node.caughtUp();
    assertThat(list(node.got("/v1/accounts?limit=1000").get("items")))
        .extracting(item -> item.get("account").asText() + " " + item.get("tier").asText())
        .containsExactlyInAnyOrderElementsOf(expected);
  }
}
