package keepwell.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import keepwell.TestNode;
import keepwell.journal.TestDatabase;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** When the weekly report is sent. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MailingTest {
  private final AtomicReference<Instant> now = new AtomicReference<>();
  private String url;
  @AutoClose private TestNode node;

  /**
   * Starts a node in place of the one before. Its e-mails stay in the outbox, as nobody takes them.
   */
  private void start(Path data, String instant) {
    if (node != null) {
      node.close();
    }
    now.set(Instant.parse(instant));
    node =
        TestNode.start(
            data,
            Map.of(
                "keepwell.jdbc.url",
                url,
                "keepwell.zone",
                "Europe/Berlin",
                "keepwell.smtp.url",
                "smtp://127.0.0.1:1?from=keepwell@example.com",
                "keepwell.public-url",
                "https://keepwell.example",
                "keepwell.weekly-report.to",
                List.of("dana@example.com", "kim@example.com"),
                "keepwell.weekly-report.hour",
                8),
            now::get);
  }

  /** What is in the outbox. */
  private List<String> mails() throws SQLException {
    List<String> contents = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement select = connection.createStatement();
        ResultSet row =
            select.executeQuery("SELECT \"content\" FROM \"message\" ORDER BY \"id\"")) {
      while (row.next()) {
        contents.add(row.getString(1));
      }
    }
    return contents;
  }

  private void awaitMails(int count) {
    await().untilAsserted(() -> assertThat(mails()).hasSize(count));
  }

  @ParameterizedTest
  @EnumSource
  void it_is_sent_once_a_week_whatever_nodes_come_and_go(TestDatabase kind, @TempDir Path data)
      throws SQLException {
    url = kind.url(data);
    start(data, "2026-03-02T06:59:59Z");
    assertThat(mails()).isEmpty();
    now.set(Instant.parse("2026-03-02T07:00:00Z"));
    awaitMails(2);
    assertThat(mails().get(0))
        .contains("[\"dana@example.com\"]", "Keepwell: the week up to 2 March 2026")
        .contains("https://keepwell.example/v1/reports/weekly");
    start(data, "2026-03-03T07:00:00Z");
    now.set(Instant.parse("2026-03-09T07:00:01Z"));
    awaitMails(4); // and none for the week that was told
    start(data, "2026-03-18T20:00:00Z");
    awaitMails(6); // two days late
    start(data, "2026-03-26T07:00:00Z");
    now.set(Instant.parse("2026-03-30T06:00:00Z")); // by then it is summer time
    awaitMails(8); // and none that would be three days late
    assertThat(mails().get(6)).contains("30 March 2026");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-02T06:59:59Z, 2026-02-23T07:00:00Z",
    "2026-03-02T07:00:00Z, 2026-03-02T07:00:00Z",
    "2026-03-08T23:30:00Z, 2026-03-02T07:00:00Z",
    "2026-03-30T06:00:00Z, 2026-03-30T06:00:00Z"
  })
  void it_is_due_at_an_hour_of_a_day_of_the_zone(Instant at, Instant due) {
    Weekly weekly = new Weekly(List.of(), DayOfWeek.MONDAY, 8);
    assertThat(weekly.lastDue(at, ZoneId.of("Europe/Berlin"))).isEqualTo(due);
  }

  @Test
  void an_hour_that_summer_time_skips_comes_an_hour_later() {
    Weekly weekly = new Weekly(List.of(), DayOfWeek.SUNDAY, 2);
    assertThat(weekly.lastDue(Instant.parse("2026-03-29T12:00:00Z"), ZoneId.of("Europe/Berlin")))
        .isEqualTo("2026-03-29T01:00:00Z");
  }
}
