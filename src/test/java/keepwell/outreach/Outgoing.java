package keepwell.outreach;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import keepwell.journal.Seal;
import keepwell.outreach.Message.About;

/** Puts messages into the outbox of an installation, as whoever decides on them does. */
public final class Outgoing {
  /** When they are put there; nobody begins before. */
  private static final Instant QUEUED_AT = Instant.parse("2026-03-01T12:00:00Z");

  private final String url;

  /**
   * @param url of its database
   */
  public Outgoing(String url) {
    this.url = url;
  }

  /** The outbox of a database, as if all channels were there. */
  public static Messages outbox() {
    return outbox(new Seal(new byte[32]));
  }

  private static Messages outbox(Seal seal) {
    return new Messages(
        new Webhooks(null, seal), new Channels(null, Set.copyOf(Channel.IDS)), seal);
  }

  /** A message to Slack about an account. */
  public static Message slack(String account, String text) {
    return new Message(about(account), new Content.Slack(text, List.of()));
  }

  /** An e-mail about an account. */
  public static Message mail(String account, String to, String subject) {
    return new Message(
        about(account),
        new Content.Mail(List.of(to), subject, "text", "<p>html</p>", Optional.empty()));
  }

  static Optional<About> about(String account) {
    return Optional.of(new About("account|" + account, account));
  }

  /** Adds messages, as if all channels were there; their ids. */
  public List<Long> add(Message... messages) {
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.setAutoCommit(false);
      List<Long> ids = outbox(seal(connection)).add(connection, List.of(messages), QUEUED_AT);
      connection.commit();
      return ids;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Forgets accounts. */
  public void forget(Collection<String> accounts) {
    try (Connection connection = DriverManager.getConnection(url)) {
      Messages.forget(connection, accounts.stream().map(one -> "account|" + one).toList());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Seal seal(Connection connection) throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery("SELECT \"secret\" FROM \"installation\"")) {
      row.next();
      return new Seal(row.getBytes(1));
    }
  }
}
