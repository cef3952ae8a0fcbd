package keepwell.playbook;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import keepwell.journal.Seal;
import keepwell.playbook.Task.Situation;
import keepwell.playbook.Task.State;

/** Puts tasks and storms into the database of a node that runs. */
public final class Given {
  private static final Instant AT = Instant.parse("2026-03-01T09:30:00Z");

  private Given() {}

  /** The id of a new task. */
  public static long task(String url) {
    try (Connection connection = DriverManager.getConnection(url)) {
      Situation situation = new Situation("Acme", 41.5, "red", List.of(), List.of());
      Task task =
          new Task(
              0,
              1,
              "0",
              "red",
              "account-none",
              "acme",
              "Call",
              Optional.empty(),
              AT,
              AT,
              State.OPEN,
              Optional.empty(),
              situation);
      return new Tasks(null, new Seal(new byte[32])).add(connection, task).id();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The id of a new storm. */
  public static long storm(String url) {
    try (Connection connection = DriverManager.getConnection(url)) {
      return StormTable.add(connection, Storm.Cause.MANY, Optional.empty(), 20_000, AT, AT, 0).id();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
