package keepwell.outreach;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import keepwell.journal.Database;
import keepwell.journal.Seal;
import keepwell.journal.TestDatabase;
import keepwell.outreach.Delivery.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is put into the outbox beside tier changes, and what becomes of it there. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@ParameterizedClass
@EnumSource(TestDatabase.class)
class MessagesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Content SLACK = new Content.Slack("hi", List.of(Map.of("type", "divider")));
  private static final Content HOOK =
      new Content.Hook(EventType.PLAYBOOK_NOTIFIED, NOW, Map.of("account", "acme"));
  private static final Content MAIL =
      new Content.Mail(
          List.of("dana@example.com", "kim@example.com", "dana@example.com"),
          "s",
          "t",
          "<p>h</p>",
          Optional.of(new Invitation("u", NOW, NOW, NOW.plusSeconds(1), "s", "d")));

  private final Seal seal = new Seal(new byte[32]);
  private final Database database;
  private final Webhooks webhooks;
  private final Deliveries deliveries;

  MessagesTest(TestDatabase kind, @TempDir Path data) {
    this.database = kind.open(data);
    this.webhooks = new Webhooks(database, seal);
    this.deliveries = new Deliveries(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Messages messages(String... configured) {
    return new Messages(webhooks, new Channels(database, Set.of(configured)), seal);
  }

  private List<Long> add(Messages messages, Message... all) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      return messages.add(connection, List.of(all), NOW);
    }
  }

  private static Message about(String account, Content content) {
    return new Message(Outgoing.about(account), content);
  }

  private static Message aboutNobody(Content content) {
    return new Message(Optional.empty(), content);
  }

  private List<Delivery> due(String recipient) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      return Deliveries.due(connection, recipient, NOW, 100);
    }
  }

  private Map<Long, String> contents(List<Long> ids) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      return Messages.contents(connection, ids);
    }
  }

  private Webhook webhook(EventType... types) throws SQLException {
    return webhooks
        .add(URI.create("https://a.example"), Set.of(types), "", Secret.generated(), 0, NOW)
        .orElseThrow();
  }

  @Test
  void each_recipient_of_an_email_gets_one_of_their_own() throws SQLException {
    List<Long> ids = add(messages(Channel.EMAIL), about("acme", MAIL));
    assertThat(ids).hasSize(2).isSorted().allMatch(Messages::isMessage);
    assertThat(deliveries.page(Channel.EMAIL, Optional.of(State.WAITING), Optional.empty(), 10))
        .extracting(Delivery::changeId)
        .containsExactlyInAnyOrderElementsOf(ids);
    Map<Long, String> contents = contents(ids);
    assertThat(ContentJson.mail(contents.get(ids.get(0))))
        .isEqualTo(((Content.Mail) MAIL).to("dana@example.com"));
    assertThat(ContentJson.mail(contents.get(ids.get(1))))
        .isEqualTo(((Content.Mail) MAIL).to("kim@example.com"));
  }

  @Test
  void a_channel_that_is_not_configured_takes_none() throws SQLException {
    assertThat(add(messages(), about("acme", SLACK), about("acme", MAIL))).isEmpty();
    assertThat(add(messages(Channel.EMAIL), aboutNobody(SLACK))).isEmpty();
    assertThat(add(messages(Channel.SLACK), about("acme", SLACK), about("acme", MAIL))).hasSize(1);
  }

  @Test
  void a_webhook_is_told_what_it_wants() throws SQLException {
    Webhook one = webhook(EventType.PLAYBOOK_NOTIFIED);
    Webhook another = webhook(EventType.PLAYBOOK_NOTIFIED, EventType.TIER_CHANGED);
    Webhook other = webhook(EventType.TIER_CHANGED);
    List<Long> ids = add(messages(), about("acme", HOOK));
    assertThat(ids).hasSize(1);
    for (Webhook told : List.of(one, another)) {
      assertThat(due(told.id())).extracting(Delivery::changeId).isEqualTo(ids);
      assertThat(due(told.id())).extracting(Delivery::eventType).containsOnly("playbook.notified");
    }
    assertThat(due(other.id())).isEmpty();
    assertThat(contents(ids).get(ids.get(0)))
        .isEqualTo(
            "{\"type\":\"playbook.notified\",\"timestamp\":\"2026-03-01T12:00:00Z\","
                + "\"data\":{\"account\":\"acme\"}}");
  }

  @Test
  void what_no_webhook_wants_is_not_kept() throws SQLException {
    webhook(EventType.TIER_CHANGED);
    assertThat(add(messages(), about("acme", HOOK))).isEmpty();
    assertThat(rows("message")).isZero();
  }

  @Test
  void messages_about_an_account_wait_for_each_other_and_those_about_none_do_not()
      throws SQLException {
    Messages messages = messages(Channel.SLACK);
    long first = add(messages, about("acme", SLACK)).get(0);
    add(messages, about("acme", SLACK));
    List<Long> more = add(messages, about("globex", SLACK), aboutNobody(SLACK), aboutNobody(SLACK));
    assertThat(due(Channel.SLACK))
        .extracting(Delivery::changeId)
        .containsExactly(first, more.get(0), more.get(1), more.get(2));
  }

  @Test
  void of_an_account_that_is_forgotten_nothing_is_left() throws SQLException {
    Webhook webhook = webhook(EventType.PLAYBOOK_NOTIFIED);
    Messages messages = messages(Channel.SLACK, Channel.EMAIL);
    List<Long> others =
        add(messages, about("globex", SLACK), about("acme", HOOK), aboutNobody(SLACK));
    add(messages, about("acme", SLACK), about("acme", MAIL), about("initech", HOOK));
    try (Connection connection = database.dataSource().getConnection()) {
      Messages.forget(connection, List.of("account|acme", "account|initech", "account|unknown"));
    }
    assertThat(rows("message")).isEqualTo(2);
    assertThat(due(Channel.SLACK))
        .extracting(Delivery::changeId)
        .containsExactly(others.get(0), others.get(2));
    assertThat(due(Channel.EMAIL)).isEmpty();
    assertThat(due(webhook.id())).isEmpty();
  }

  @Test
  void what_is_about_all_accounts_goes_with_any_that_is_erased_once_it_was_delivered()
      throws SQLException {
    List<Long> ids = add(messages(Channel.SLACK), aboutNobody(SLACK), aboutNobody(SLACK));
    try (Connection connection = database.dataSource().getConnection()) {
      Delivery first = deliveries.get(Channel.SLACK, ids.get(0)).orElseThrow();
      Attempt taken = Attempt.answered(NOW, Duration.ZERO, 200, Optional.empty());
      Deliveries.update(connection, List.of(first.after(taken, 0)), NOW);
      Messages.forget(connection, List.of());
      assertThat(contents(ids)).hasSize(2);
      Messages.forget(connection, List.of("account|acme"));
    }
    assertThat(contents(ids)).containsOnlyKeys(ids.get(1));
  }

  @Test
  void what_was_delivered_goes_with_its_message_and_what_waits_stays() throws SQLException {
    List<Long> ids = add(messages(Channel.SLACK), about("acme", SLACK), about("globex", SLACK));
    Instant later = NOW.plus(Duration.ofDays(15));
    try (Connection connection = database.dataSource().getConnection()) {
      Delivery first = deliveries.get(Channel.SLACK, ids.get(0)).orElseThrow();
      Attempt taken = Attempt.answered(NOW, Duration.ZERO, 200, Optional.empty());
      Deliveries.update(connection, List.of(first.after(taken, 0)), NOW);
      Deliveries.purge(connection, later);
      assertThat(Messages.purge(connection)).isFalse();
    }
    assertThat(contents(ids)).containsOnlyKeys(ids.get(1));
    assertThat(deliveries.count(Channel.SLACK, State.WAITING)).isEqualTo(1);
    assertThat(deliveries.count(Channel.SLACK, State.DELIVERED)).isZero();
  }

  private int rows(String table) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement select =
            connection.prepareStatement("SELECT COUNT(*) FROM \"" + table + "\"");
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }
}
