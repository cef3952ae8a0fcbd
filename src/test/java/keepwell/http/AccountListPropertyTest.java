package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import keepwell.journal.TestDatabase;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Any query for accounts answers what filtering and sorting all of them by hand does. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AccountListPropertyTest {
  private static final int ACCOUNTS = 80;
  private static final int QUERIES = 150;
  private static final long SEED = 20260301;
  private static final List<String> KEYS = List.of("score", "arr", "trend", "renewal", "name");
  private static final List<String> PREFIXES =
      List.of(
          "m",
          "MÜLLER",
          "100%",
          "100",
          "a_",
          "A",
          "account%",
          "😀",
          "😀😀",
          "ä",
          "zEBRA",
          "'",
          "x");

  @TempDir Path data;
  private final Random random = new Random(SEED);

  @ParameterizedTest
  @EnumSource
  void any_filters_sorts_and_limits_list_every_account_that_fits_once_and_in_order(
      TestDatabase kind) {
    try (PortfolioNode node = new PortfolioNode(data, kind)) {
      Population.settle(node, ACCOUNTS, SEED);
      List<JsonNode> open = Population.all(node, false);
      List<JsonNode> closed =
          Population.all(node, true).stream()
              .filter(account -> account.get("labels").has("kind"))
              .toList();
      assertThat(open.size() + closed.size()).isEqualTo(ACCOUNTS);
      assertThat(open).allMatch(account -> account.get("closed").isNull());
      assertThat(closed).noneMatch(account -> account.get("closed").isNull());
      for (int i = 0; i < QUERIES; i++) {
        holds(node, open);
      }
    }
  }

  private void holds(PortfolioNode node, List<JsonNode> all) {
    Map<String, String> filters = filters();
    List<String> sorts = sorts();
    String query = "?sort=" + String.join(",", sorts);
    Predicate<JsonNode> fits = account -> true;
    for (var filter : filters.entrySet()) {
      query += "&" + filter.getKey() + "=" + Api.encoded(filter.getValue());
      fits = fits.and(fits(filter.getKey(), filter.getValue()));
    }
    List<String> expected =
        all.stream().filter(fits).sorted(order(sorts)).map(AccountListPropertyTest::id).toList();
    int limit = List.of(1, 2, 3, 7, 1000).get(random.nextInt(5));
    assertThat(paged(node, query + "&limit=" + limit, limit, expected.size()))
        .as(query)
        .isEqualTo(expected);
  }

  private static List<String> paged(PortfolioNode node, String query, int limit, int total) {
    List<String> ids = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      JsonNode page =
          node.got("/v1/accounts" + query + cursor.map(next -> "&cursor=" + next).orElse(""));
      assertThat(page.get("total").asInt()).as(query).isEqualTo(total);
      assertThat(page.get("totalIsExact").asBoolean()).isTrue();
      assertThat(page.get("items").size()).isEqualTo(Math.min(limit, total - ids.size()));
      page.get("items").forEach(account -> ids.add(id(account)));
      cursor = Optional.ofNullable(page.get("next").textValue());
    } while (cursor.isPresent());
    return ids;
  }

  private Map<String, String> filters() {
    TreeMap<String, List<String>> choices = new TreeMap<>();
    choices.put("tier", List.of("green", "yellow", "red", "blue"));
    choices.put("owner", Population.OWNERS);
    choices.put("segment", Population.SEGMENTS);
    choices.put("parent", Population.PARENTS);
    choices.put("q", PREFIXES);
    choices.put("below", List.of("0", "50", "50.001", "80", "100"));
    choices.put("renewingWithin", List.of("P1D", "P30D", "P60D", "P3650D"));
    TreeMap<String, String> filters = new TreeMap<>();
    choices.forEach(
        (name, values) -> {
          if (random.nextInt(5) == 0) {
            filters.put(name, values.get(random.nextInt(values.size())));
          }
        });
    return filters;
  }

  private List<String> sorts() {
    List<String> keys = new ArrayList<>(KEYS);
    Collections.shuffle(keys, random);
    return keys.subList(0, 1 + random.nextInt(3)).stream()
        .map(key -> random.nextBoolean() ? key : "-" + key)
        .toList();
  }

  private static Predicate<JsonNode> fits(String filter, String value) {
    return switch (filter) {
      case "tier" -> account -> value.equals(account.get("tier").textValue());
      case "q" ->
          account -> id(account).startsWith(value) || name(account).startsWith(lower(value));
      case "below" ->
          account ->
              account.get("score").isNumber()
                  && account.get("score").asDouble() < Double.parseDouble(value);
      case "renewingWithin" ->
          account -> {
            LocalDate last =
                PortfolioNode.TODAY.plusDays(
                    Integer.parseInt(value.substring(1, value.length() - 1)));
            return day(account)
                .filter(day -> !day.isBefore(PortfolioNode.TODAY) && !day.isAfter(last))
                .isPresent();
          };
      default -> account -> value.equals(account.get("labels").path(filter).textValue());
    };
  }

  private static Comparator<JsonNode> order(List<String> sorts) {
    Comparator<JsonNode> order =
        sorts.stream()
            .map(sort -> by(sort.replace("-", ""), sort.startsWith("-")))
            .reduce(Comparator::thenComparing)
            .orElseThrow();
    boolean descending = sorts.get(sorts.size() - 1).startsWith("-");
    Comparator<JsonNode> byId =
        Comparator.comparing(account -> utf8(id(account)), Arrays::compareUnsigned);
    return order.thenComparing(descending ? byId.reversed() : byId);
  }

  private static Comparator<JsonNode> by(String key, boolean descending) {
    return switch (key) {
      case "score", "arr" -> ordered(account -> number(account.get(key)), descending);
      case "trend" -> ordered(account -> number(account.at("/trend/30d")), descending);
      case "renewal" -> ordered(account -> day(account).orElse(null), descending);
      default -> {
        Comparator<JsonNode> byName =
            Comparator.comparing(account -> utf8(name(account)), Arrays::compareUnsigned);
        yield descending ? byName.reversed() : byName;
      }
    };
  }

  private static <T extends Comparable<? super T>> Comparator<JsonNode> ordered(
      Function<JsonNode, T> value, boolean descending) {
    Comparator<T> natural = Comparator.naturalOrder();
    return Comparator.comparing(
        value, Comparator.nullsLast(descending ? natural.reversed() : natural));
  }

  private static Double number(JsonNode node) {
    return node.isNumber() ? node.asDouble() : null;
  }

  private static Optional<LocalDate> day(JsonNode account) {
    return Optional.ofNullable(account.get("renewal").textValue()).map(LocalDate::parse);
  }

  private static String id(JsonNode account) {
    return account.get("account").asText();
  }

  private static String name(JsonNode account) {
    return lower(account.get("labels").path("name").asText(id(account)));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
