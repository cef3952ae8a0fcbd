package keepwell.portfolio;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import keepwell.health.Days;
import keepwell.journal.Database;

/** What is told of the accounts of the installation: the same by every node. */
public final class Census {
  /** Of the accounts that have no score. */
  private static final String NO_TIER = "none";

  /** When the first event was written that lists, or playbooks after them, have not taken. */
  private static final String FIRST_UNLISTED =
      """
      SELECT j."write_timestamp" FROM "event_tag" t
      JOIN "event_journal" j ON j."ordering" = t."event_id"
      WHERE t."tag" = 'listed'
        AND t."event_id" > (SELECT "ordering" FROM "projection" WHERE "name" = ?)
      ORDER BY t."event_id" LIMIT 1
      """;

  private static final String FIRST_UNCATALOGUED =
      """
      SELECT "write_timestamp" FROM "event_journal"
      WHERE "ordering" > (SELECT "ordering" FROM "projection" WHERE "name" = ?)
      ORDER BY "ordering" LIMIT 1
      """;

  private final Database database;
  private final Days days;
  private final InstantSource productClock;
  private final InstantSource realClock;
  private final MultiGauge perTier;
  private volatile long reviewsDue;
  private volatile double listsBehindSeconds;
  private volatile double playbooksBehindSeconds;
  private volatile double catalogueBehindSeconds;

  public Census(
      Database database,
      Days days,
      InstantSource productClock,
      InstantSource realClock,
      MeterRegistry meters) {
    this.database = database;
    this.days = days;
    this.productClock = productClock;
    this.realClock = realClock;
    this.perTier =
        MultiGauge.builder("keepwell.accounts")
            .description("Open accounts of the installation by their tier; the same at every node")
            .register(meters);
    Gauge.builder("keepwell.reviews.due", () -> reviewsDue)
        .description("Accounts that are to be woken as a day is over; the same at every node")
        .register(meters);
    behind("portfolio", meters, () -> listsBehindSeconds);
    behind("playbooks", meters, () -> playbooksBehindSeconds);
    behind("catalogue", meters, () -> catalogueBehindSeconds);
  }

  private static void behind(String projection, MeterRegistry meters, Supplier<Number> seconds) {
    Gauge.builder("keepwell.projection.lag", seconds)
        .tag("projection", projection)
        .baseUnit("seconds")
        .description("Age of the oldest event that is not taken yet; the same at every node")
        .register(meters);
  }

  /** Counts anew. */
  public void count() throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      List<MultiGauge.Row<?>> rows = new ArrayList<>();
      try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT \"tier\", \"accounts\" FROM \"band\" WHERE \"group\" = ''");
          ResultSet bands = select.executeQuery()) {
        while (bands.next()) {
          String tier = bands.getString(1).isEmpty() ? NO_TIER : bands.getString(1);
          rows.add(MultiGauge.Row.of(Tags.of("tier", tier), bands.getLong(2)));
        }
      }
      perTier.register(rows, true);
      reviewsDue = due(connection);
      listsBehindSeconds = secondsBehind(connection, FIRST_UNLISTED, "portfolio");
      playbooksBehindSeconds = secondsBehind(connection, FIRST_UNLISTED, "playbooks");
      catalogueBehindSeconds = secondsBehind(connection, FIRST_UNCATALOGUED, "catalogue");
    }
  }

  private long due(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT COUNT(*) FROM \"standing\" WHERE \"review_on\" < ?")) {
      select.setInt(1, days.of(productClock.instant()));
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private double secondsBehind(Connection connection, String first, String projection)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(first)) {
      select.setString(1, projection);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Math.max(0, realClock.millis() - row.getLong(1)) / 1000.0 : 0;
      }
    }
  }
}
