package keepwell.comparison;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/**
 * Accounts of which every twentieth signal moves the score by a point, with and without the read
 * side that follows them, in a process of their own: reads what to measure from the standard input,
 * and writes what came of it.
 */
final class Moving {
  /** A point for twenty signals; many enough for a long run. */
  static final String SCORECARDS =
      """
      {"scorecards": [{"key": "use", "tiers": [{"key": "green", "from": 50}, {"key": "red", "from": 0}],
        "categories": [{"key": "use", "weight": 1, "metrics": [{"key": "logins", "points": 1,
          "measure": {"of": "count", "signal": "login", "window": "P28D"},
          "curve": [[0, 0], [2000, 100]]}]}]}]}
      """;

  private final Hosted hosted;
  private final Recording recording;

  private Moving(String url, String user) throws IOException, SQLException {
    this.hosted =
        new Hosted(
            url, user, new ObjectMapper().readValue(SCORECARDS, new TypeReference<>() {}), "");
    this.recording = new Recording(hosted);
  }

  /**
   * @param args the URL of the database and its user
   */
  public static void main(String[] args) throws Exception {
    Moving moving = new Moving(args[0], args[1]);
    moving.open();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      System.out.println(
          moving.measure(
              words[0].equals("followed"), Integer.parseInt(words[1]), Integer.parseInt(words[2])));
    }
    System.exit(0);
  }

  /** Lets all accounts be there, and be listed. */
  private void open() throws SQLException {
    try (Followers followers = Followers.start(hosted)) {
      recording.each();
      followers.awaitCaughtUp();
    }
  }

  /**
   * As many signals as are answered: how many a second, how many a second until the read side has
   * followed, and the share of signals that came with an event for it.
   *
   * @param underWay signals at any time
   */
  private String measure(boolean followed, int seconds, int underWay)
      throws SQLException, InterruptedException {
    Followers.passOver(hosted.database());
    long tagged = tagged();
    try (Followers followers = followed ? Followers.start(hosted) : null) {
      long start = System.nanoTime();
      long recorded = recording.until(start + seconds * 1_000_000_000L, underWay);
      double answered = System.nanoTime() - start;
      if (followed) {
        followers.awaitCaughtUp();
      }
      double all = System.nanoTime() - start;
      return String.format(
          Locale.ROOT,
          "RESULT %.1f %.1f %.5f",
          recorded * 1e9 / answered,
          recorded * 1e9 / all,
          (double) (tagged() - tagged) / recorded);
    }
  }

  private long tagged() throws SQLException {
    try (Connection connection = hosted.database().dataSource().getConnection();
        Statement select = connection.createStatement();
        ResultSet row = select.executeQuery("SELECT COUNT(*) FROM \"event_tag\"")) {
      row.next();
      return row.getLong(1);
    }
  }
}
