package keepwell;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import keepwell.journal.Database;
import keepwell.journal.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts that are left alone move by themselves, each on the right day. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class NinetyDaysTest {
  private static final int DAYS = 90;

  /** For the nodes to start. */
  private static final Duration BEGINNING = Duration.ofSeconds(20);

  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @TempDir Path data;

  /** The accounts of each tier at the end of a day. */
  private static Map<String, Integer> awaitReviewed(URI uri, LocalDate day) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .ignoreExceptions() // a node that the others went on without starts again
        .until(() -> LeftAlone.reviewed(uri, day), Optional::isPresent)
        .orElseThrow();
  }

  /** Days go by one by one, and then some at once while the node is down or does nothing. */
  @Test
  void on_one_node_over_restarts_and_missed_days() throws SQLException {
    Random random = new Random(1);
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-02-01T08:00:00Z"));
    TestNode node = TestNode.start(data, Map.of(), now::get);
    try {
      LeftAlone portfolio = new LeftAlone(node.uri());
      LocalDate end = portfolio.from().plusDays(DAYS);
      LocalDate half = portfolio.from().plusDays(DAYS / 2);
      LocalDate today = portfolio.from().minusDays(1);
      while (today.isBefore(end)) {
        if (today.isAfter(half)) {
          node.close();
          today = today.plusDays(1 + random.nextInt(25));
          now.set(at(today, random));
          node = TestNode.start(data, Map.of(), now::get);
        } else {
          today = today.plusDays(1 + random.nextInt(4));
          now.set(at(today, random));
        }
        awaitReviewed(node.uri(), today.minusDays(1));
      }
      Map<String, Integer> tiers = awaitReviewed(node.uri(), today.minusDays(1));
      node.close();
      LeftAlone.Expected expected;
      try (Database database = Database.open(Database.embeddedUrl(data), "", "", 12)) {
        expected = portfolio.expected(database, today);
      }
      node = TestNode.start(data, Map.of(), now::get);
      portfolio.assertTold(node.uri(), expected);
      assertThat(tiers).isEqualTo(expected.tiers());
    } finally {
      node.close();
    }
  }

  private static Instant at(LocalDate day, Random random) {
    return day.atTime(LocalTime.ofSecondOfDay(random.nextInt(86_400))).toInstant(ZoneOffset.UTC);
  }

  /** A day a second, once all is sent; in the middle a node is killed, and another one comes. */
  @Test
  void on_three_nodes_of_which_one_dies() throws SQLException {
    String url = TestDatabase.POSTGRESQL.url(data);
    Map<String, Object> settings =
        Map.of(
            "keepwell.jdbc.url",
            url,
            "keepwell.clock.start",
            "2026-02-01",
            "keepwell.clock.speed",
            86_400);
    Instant begin = Instant.now().plus(BEGINNING);
    LeftAlone portfolio;
    try (TestNode node = TestNode.start(data, settings, () -> begin)) {
      portfolio = new LeftAlone(node.uri());
    }
    Map<String, String> environment = Map.of("KEEPWELL_JDBC_URL", url);
    List<NodeProcess> nodes = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        nodes.add(NodeProcess.start(data, environment));
      }
      nodes.forEach(NodeProcess::untilReady);
      URI uri = nodes.get(2).uri("");
      awaitReviewed(uri, portfolio.from().plusDays(DAYS / 2));
      nodes.get(0).kill();
      nodes.add(NodeProcess.start(data, environment));
      LocalDate end = portfolio.from().plusDays(DAYS);
      Map<String, Integer> tiers = awaitReviewed(uri, end.minusDays(1));
      nodes.get(3).untilReady();
      try (Database database = Database.open(url, "", "", 12)) {
        LeftAlone.Expected expected = portfolio.expected(database, end);
        portfolio.assertTold(nodes.get(1).uri(""), expected);
        portfolio.assertTold(nodes.get(3).uri(""), expected);
        assertThat(tiers).isEqualTo(expected.tiers());
      }
    } finally {
      nodes.forEach(NodeProcess::close);
    }
  }
}
