package keepwell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import keepwell.demo.Demo;
import keepwell.health.AccountEvent.TierChanged;
import keepwell.health.DayByDay;
import keepwell.health.DayByDay.Move;
import keepwell.http.Api;
import keepwell.journal.Database;
import keepwell.journal.TestJournal;
import org.awaitility.Awaitility;

/** The demo portfolio, which is left alone for some days, and what must become of it. */
final class LeftAlone {
  private static final Path SCORECARDS = Path.of("conf/scorecards/b2b-saas.json");
  private static final Comparator<Move> BY_TIME =
      Comparator.comparing(Move::at).thenComparing(Move::account);

  private final LocalDate from;

  /**
   * Fills a node with the demo portfolio.
   *
   * @param uri of the node
   */
  LeftAlone(URI uri) {
    PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    new Demo(uri, SCORECARDS, out).run(today(uri));
    from = today(uri).plusDays(1);
  }

  /** The first day on which nothing happens. */
  LocalDate from() {
    return from;
  }

  static LocalDate today(URI uri) {
    return LocalDate.parse(portfolio(uri).get("asOf").asText());
  }

  private static JsonNode portfolio(URI uri) {
    return Api.json(new Api(uri).get("/v1/portfolio"));
  }

  /**
   * How many accounts have each tier, once the reviews of a day are done; empty until then, and
   * ninety days later.
   */
  static Optional<Map<String, Integer>> reviewed(URI uri, LocalDate day) {
    for (JsonNode one : portfolio(uri).get("days")) {
      if (one.get("day").asText().equals(day.toString())) {
        return Optional.of(tiers(one.get("tiers")));
      }
    }
    return Optional.empty();
  }

  private static Map<String, Integer> tiers(JsonNode bands) {
    Map<String, Integer> tiers = new TreeMap<>();
    for (JsonNode band : bands) {
      if (band.get("accounts").asInt() > 0) {
        tiers.put(band.get("tier").asText(""), band.get("accounts").asInt());
      }
    }
    return tiers;
  }

  /**
   * What the facts say of the days up to one, that left out.
   *
   * @param moves by their time
   * @param tiers how many accounts have each at the end; an empty one stands for none
   */
  record Expected(LocalDate to, List<Move> moves, Map<String, Integer> tiers) {}

  Expected expected(Database database, LocalDate to) throws SQLException {
    List<Move> moves = new ArrayList<>();
    Map<String, Integer> tiers = new TreeMap<>();
    for (DayByDay account : accounts(database).values()) {
      moves.addAll(account.moves(from, to));
      tiers.merge(account.tier(), 1, Integer::sum);
    }
    moves.sort(BY_TIME);
    return new Expected(to, moves, tiers);
  }

  /** Holds the changes that a node tells against the facts. */
  void assertTold(URI uri, Expected expected) {
    assertThat(expected.moves()).hasSizeGreaterThan(100);
    List<Move> published =
        Awaitility.await()
            .ignoreExceptions() // a node that the others went on without starts again
            .until(() -> published(uri, expected.to()), Objects::nonNull);
    assertThat(published).isEqualTo(expected.moves());
  }

  private Map<String, DayByDay> accounts(Database database) throws SQLException {
    Map<String, DayByDay> accounts = new TreeMap<>();
    Instant begin = from.atStartOfDay(ZoneOffset.UTC).toInstant();
    try (TestJournal events = new TestJournal();
        Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      events
          .follower(database)
          .read(
              connection,
              0,
              Long.MAX_VALUE,
              Integer.MAX_VALUE,
              entry -> {
                boolean later =
                    entry.event() instanceof TierChanged changed && changed.at().isAfter(begin);
                if (!later) {
                  accounts
                      .computeIfAbsent(entry.account(), first -> new DayByDay(scorecard()))
                      .add(entry.event());
                }
              });
    }
    return accounts;
  }

  @SuppressWarnings("unchecked") // as the file is
  private static Map<String, Object> scorecard() {
    try {
      Map<String, Object> document = new ObjectMapper().readValue(SCORECARDS.toFile(), Map.class);
      return ((List<Map<String, Object>>) document.get("scorecards")).get(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Move> published(URI uri, LocalDate to) {
    Instant begin = from.atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant end = to.atStartOfDay(ZoneOffset.UTC).toInstant();
    List<Move> moves = new ArrayList<>();
    Api api = new Api(uri);
    String next = "0";
    JsonNode page;
    do {
      page = Api.json(api.get("/v1/tier-changes?limit=1000&after=" + next));
      for (JsonNode change : page.get("items")) {
        Instant at = Instant.parse(change.get("at").asText());
        if (at.isAfter(begin) && !at.isAfter(end)) {
          assertThat(change.get("reason").asText()).isEqualTo("time");
          moves.add(
              new Move(
                  change.get("account").asText(),
                  change.get("from").textValue(),
                  change.get("to").textValue(),
                  at));
        }
      }
      next = page.get("next").asText();
    } while (!page.get("items").isEmpty());
    moves.sort(BY_TIME);
    return moves;
  }
}
