package keepwell.outreach;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import keepwell.journal.Columns;
import keepwell.journal.Seal;
import keepwell.outreach.Delivery.State;
import keepwell.outreach.Message.About;

/** What is told beside tier changes: a table of what messages say. */
public final class Messages {
  /** Of what is told to who has not chosen among events. */
  private static final String MESSAGE = "message";

  /** The ids of the feed begin there; a thousand million messages a day would take ten years. */
  private static final long ID_MAX = 1L << 42;

  private static final int PURGED_MAX = 1000;

  /** What is about no single account, and was delivered or given up. */
  private static final String ABOUT_ALL =
      """
      DELETE FROM "message" WHERE "persistence_id" IS NULL AND NOT EXISTS (
        SELECT 1 FROM "delivery" d WHERE d."account" = "message"."account"
          AND d."change_id" = "message"."id" AND d."state" = 'waiting')
      """;

  private final Webhooks webhooks;
  private final Channels channels;
  private final Seal seal;

  /**
   * A content, and who is told it.
   *
   * @param account by which it waits for others
   */
  private record Addressed(
      Optional<About> about,
      String account,
      String eventType,
      List<String> recipients,
      Content content) {}

  Messages(Webhooks webhooks, Channels channels, Seal seal) {
    this.webhooks = webhooks;
    this.channels = channels;
    this.seal = seal;
  }

  /** Whether what is delivered by an id is a message, not a change. */
  static boolean isMessage(long id) {
    return id < ID_MAX;
  }

  /**
   * Puts messages into the outbox, if the transaction is committed: an e-mail for each recipient,
   * and what is for webhooks for each enabled one that wants it. What nobody would get is left out.
   *
   * @param realNow real time
   * @return the ids of the messages, in their order
   */
  public List<Long> add(Connection connection, List<Message> messages, Instant realNow)
      throws SQLException {
    List<Webhook> all = webhooks.all(connection);
    List<Addressed> addressed = messages.stream().flatMap(one -> addressed(one, all)).toList();
    List<Long> ids = insert(connection, addressed);
    List<Delivery> deliveries = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      Addressed one = addressed.get(i);
      long id = ids.get(i);
      one.recipients().stream()
          .map(
              recipient ->
                  new Delivery(
                      recipient,
                      id,
                      one.account(),
                      one.eventType(),
                      realNow,
                      State.WAITING,
                      Optional.of(realNow),
                      0,
                      List.of()))
          .forEach(deliveries::add);
    }
    Deliveries.add(connection, deliveries);
    return ids;
  }

  private Stream<Addressed> addressed(Message message, List<Webhook> all) {
    Optional<About> about = message.about();
    if (message.content() instanceof Content.Hook hook) {
      List<String> wanting =
          all.stream().filter(webhook -> webhook.wants(hook.type())).map(Webhook::id).toList();
      return Stream.of(new Addressed(about, waiting(about), hook.type().toString(), wanting, hook))
          .filter(one -> !wanting.isEmpty());
    }
    if (message.content() instanceof Content.Mail mail) {
      return mail.to().stream()
          .distinct()
          .map(to -> new Addressed(about, alone(), MESSAGE, List.of(Channel.EMAIL), mail.to(to)))
          .filter(one -> channels.has(Channel.EMAIL));
    }
    return Stream.of(
            new Addressed(
                about, waiting(about), MESSAGE, List.of(Channel.SLACK), message.content()))
        .filter(one -> channels.has(Channel.SLACK));
  }

  /** Messages about an account wait for each other, those about none for nobody. */
  private String waiting(Optional<About> about) {
    return about.map(one -> seal.key(one.account())).orElseGet(this::alone);
  }

  /** E-mails are not in order anyway, and nobody's waits for an address that is refused. */
  private String alone() {
    return seal.key(UUID.randomUUID().toString());
  }

  private static List<Long> insert(Connection connection, List<Addressed> all) throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO \"message\" (\"persistence_id\", \"account\", \"content\")"
                + " VALUES (?, ?, ?)",
            new String[] {"id"})) {
      for (Addressed one : all) {
        insert.setString(1, one.about().map(About::persistenceId).orElse(null));
        insert.setString(2, one.account());
        insert.setString(3, ContentJson.text(one.content()));
        insert.executeUpdate();
        try (ResultSet key = insert.getGeneratedKeys()) {
          key.next();
          ids.add(key.getLong(1));
        }
      }
    }
    return ids;
  }

  /** What messages say, by their ids, as far as they are there. */
  static Map<Long, String> contents(Connection connection, Collection<Long> ids)
      throws SQLException {
    Map<Long, String> contents = new HashMap<>();
    if (ids.isEmpty()) {
      return contents;
    }
    String places = String.join(", ", Collections.nCopies(ids.size(), "?"));
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT \"id\", \"content\" FROM \"message\" WHERE \"id\" IN (" + places + ")")) {
      int place = 1;
      for (long id : ids) {
        select.setLong(place++, id);
      }
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          contents.put(row.getLong("id"), row.getString("content"));
        }
      }
    }
    return contents;
  }

  /**
   * Deletes all that is about these accounts, what waits in the outbox too; and what is about all
   * accounts, such as reports, as far as it waits for nobody any more: it may name them.
   */
  public static void forget(Connection connection, Collection<String> persistenceIds)
      throws SQLException {
    List<Object[]> deliveries = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT \"account\", \"id\" FROM \"message\" WHERE \"persistence_id\" = ?")) {
      for (String persistenceId : persistenceIds) {
        select.setString(1, persistenceId);
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            deliveries.add(new Object[] {row.getString("account"), row.getLong("id")});
          }
        }
      }
    }
    Columns.execute(
        connection,
        "DELETE FROM \"delivery\" WHERE \"account\" = ? AND \"change_id\" = ?",
        deliveries);
    Columns.execute(
        connection,
        "DELETE FROM \"message\" WHERE \"persistence_id\" = ?",
        persistenceIds.stream().map(id -> new Object[] {id}).toList());
    if (!persistenceIds.isEmpty()) {
      try (Statement delete = connection.createStatement()) {
        delete.executeUpdate(ABOUT_ALL);
      }
    }
  }

  /** Deletes some of the messages that are in no delivery any more; whether there may be more. */
  static boolean purge(Connection connection) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            """
            DELETE FROM "message" WHERE "id" IN (
              SELECT "id" FROM "message" m WHERE NOT EXISTS (
                SELECT 1 FROM "delivery" d
                WHERE d."account" = m."account" AND d."change_id" = m."id") LIMIT %d)
            """
                .formatted(PURGED_MAX))) {
      return delete.executeUpdate() == PURGED_MAX;
    }
  }
}
