package keepwell.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import keepwell.journal.Database;
import keepwell.journal.TestDatabase;
import keepwell.outreach.Content;
import keepwell.outreach.Outgoing;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two nodes that write the same. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MailingOnceTest {
  private static final Instant DUE = Instant.parse("2026-03-02T07:00:00Z");
  private static final Optional<List<Content>> WRITTEN =
      Optional.of(List.of(new Content.Slack("text", List.of())));

  private static Mailing mailing(Database database, Mailing.Writer writer) {
    return new Mailing(
        database,
        Outgoing.outbox(),
        new Mailing.Occasion("weekly-report", now -> DUE, Instant.EPOCH, Duration.ofDays(1)),
        writer,
        () -> DUE,
        () -> DUE);
  }

  private static int messages(Database database) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement select = connection.createStatement();
        ResultSet row = select.executeQuery("SELECT COUNT(*) FROM \"message\"")) {
      row.next();
      return row.getInt(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_the_other_has_sent_meanwhile_is_not_sent_again(TestDatabase kind, @TempDir Path data)
      throws SQLException {
    try (Database database = kind.open(data)) {
      Mailing other = mailing(database, (due, now) -> WRITTEN);
      Mailing slow =
          mailing(
              database,
              (due, now) -> {
                other.step();
                return WRITTEN;
              });
      slow.step();
      assertThat(messages(database)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void it_is_written_little_by_little_unless_the_other_has_sent_it(
      TestDatabase kind, @TempDir Path data) throws SQLException {
    try (Database database = kind.open(data)) {
      int[] written = {0};
      Mailing slow =
          mailing(
              database,
              (due, now) -> {
                written[0]++;
                return Optional.empty();
              });
      slow.step();
      slow.step();
      assertThat(written[0]).isEqualTo(2);
      assertThat(messages(database)).isZero();
      mailing(database, (due, now) -> WRITTEN).step();
      slow.step();
      assertThat(written[0]).isEqualTo(2);
      assertThat(messages(database)).isEqualTo(1);
    }
  }
}
