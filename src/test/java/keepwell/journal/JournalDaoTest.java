package keepwell.journal;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.BootstrapSetup;
import akka.actor.setup.ActorSystemSetup;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import akka.persistence.jdbc.journal.dao.DefaultJournalDao;
import akka.persistence.jdbc.query.javadsl.JdbcReadJournal;
import akka.persistence.query.EventEnvelope;
import akka.persistence.query.Offset;
import akka.persistence.query.PersistenceQuery;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import keepwell.health.AccountEvent;
import keepwell.health.AccountEvent.AccountOpened;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our way of writing, held against the plugin's own: whoever reads must not see a difference. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class JournalDaoTest {
  private static final String ODD = "odd";
  private static final List<String> ACCOUNTS = List.of("a", "b", "ü😀");
  private static final int COMMANDS = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path data;

  /** What is told to an account: numbers that it stores at once, each as an event. */
  private record Add(List<Integer> numbers, ActorRef<List<Integer>> replyTo) {}

  /** Stores numbers, and knows them all. */
  private static final class Numbers
      extends EventSourcedBehavior<Add, AccountEvent, List<Integer>> {
    Numbers(String account) {
      super(PersistenceId.ofUniqueId(account));
    }

    @Override
    public List<Integer> emptyState() {
      return List.of();
    }

    @Override
    public CommandHandler<Add, AccountEvent, List<Integer>> commandHandler() {
      return (known, add) ->
          Effect()
              .persist(add.numbers().stream().map(Numbers::event).toList())
              .thenReply(add.replyTo(), all -> all);
    }

    private static AccountEvent event(int number) {
      return new AccountOpened(Integer.toString(number));
    }

    private static int number(AccountEvent event) {
      return Integer.parseInt(((AccountOpened) event).account());
    }

    @Override
    public EventHandler<List<Integer>, AccountEvent> eventHandler() {
      return (known, event) -> Stream.concat(known.stream(), Stream.of(number(event))).toList();
    }

    @Override
    public Set<String> tagsFor(AccountEvent event) {
      int number = number(event);
      return number % 2 == 0 ? Set.of() : number % 3 == 0 ? Set.of(ODD, "third") : Set.of(ODD);
    }
  }

  /** What is left of a story that is the same for both. */
  private record Left(
      List<List<String>> rows,
      List<List<Integer>> recovered,
      List<String> byAccount,
      List<String> byTag) {}

  @ParameterizedTest
  @EnumSource
  void rows_recovery_and_queries_are_those_of_the_plugin(TestDatabase kind) throws Exception {
    Left ours = left(kind, "ours", JournalDao.class);
    assertThat(ours.rows()).hasSize(ACCOUNTS.size() * COMMANDS * 2);
    assertThat(ours.recovered())
        .allMatch(IntStream.range(0, COMMANDS * 2).boxed().toList()::equals);
    assertThat(ours.byTag()).hasSize(ACCOUNTS.size() * COMMANDS);
    assertThat(ours).isEqualTo(left(kind, "plugin", DefaultJournalDao.class));
  }

  private Left left(TestDatabase kind, String name, Class<?> dao) throws Exception {
    try (Database database = kind.open(data.resolve(name))) {
      ActorSystem<Void> writing = system(database, dao);
      ACCOUNTS.forEach(account -> tell(writing, account));
      ActorTestKit.shutdown(writing);
      ActorSystem<Void> reading = system(database, dao);
      List<List<Integer>> recovered =
          ACCOUNTS.stream()
              .map(account -> added(reading, started(reading, account), List.of()))
              .toList();
      JdbcReadJournal queries =
          PersistenceQuery.get(reading)
              .getReadJournalFor(JdbcReadJournal.class, JdbcReadJournal.Identifier());
      Left left =
          new Left(
              rows(database),
              recovered,
              read(reading, queries.currentEventsByPersistenceId("b", 3, 30)),
              read(reading, queries.currentEventsByTag(ODD, Offset.noOffset())));
      ActorTestKit.shutdown(reading);
      return left;
    }
  }

  private static ActorSystem<Void> system(Database database, Class<?> dao) {
    return ActorSystem.create(
        Behaviors.empty(),
        "journal",
        ActorSystemSetup.create(
            BootstrapSetup.create(
                ConfigFactory.parseString(
                        "akka.actor.provider = local\njdbc-journal.dao = \"" + dao.getName() + '"')
                    .withFallback(ConfigFactory.load())),
            new JournalDatabase.InSystem(database)));
  }

  /** So many commands, each with two events, one after the other. */
  private static void tell(ActorSystem<Void> system, String account) {
    ActorRef<Add> numbers = started(system, account);
    for (int i = 0; i < COMMANDS; i++) {
      added(system, numbers, List.of(2 * i, 2 * i + 1));
    }
  }

  private static ActorRef<Add> started(ActorSystem<Void> system, String account) {
    return system.systemActorOf(
        new Numbers(account), "account-" + ACCOUNTS.indexOf(account), Props.empty());
  }

  private static List<Integer> added(
      ActorSystem<Void> system, ActorRef<Add> account, List<Integer> numbers) {
    return AskPattern.<Add, List<Integer>>ask(
            account, replyTo -> new Add(numbers, replyTo), PATIENCE, system.scheduler())
        .toCompletableFuture()
        .join();
  }

  /** Whatever does not depend on who writes when. */
  private static List<List<String>> rows(Database database) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                """
                SELECT "persistence_id", "sequence_number", "deleted", "adapter_manifest",
                  "event_ser_id", "event_ser_manifest", "event_payload", "meta_ser_id",
                  "meta_ser_manifest", "meta_payload",
                  (SELECT string_agg("tag", ',' ORDER BY "tag") FROM "event_tag"
                    WHERE "event_id" = "ordering")
                FROM "event_journal" ORDER BY "ordering"
                """)) {
      List<List<String>> rows = new ArrayList<>();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          Object value = result.getObject(i);
          row.add(value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  private static List<String> read(ActorSystem<Void> system, Source<EventEnvelope, ?> events) {
    return events
        .map(
            event ->
                event.persistenceId()
                    + " "
                    + event.sequenceNr()
                    + " "
                    + event.offset()
                    + " "
                    + event.event())
        .runWith(Sink.seq(), system)
        .toCompletableFuture()
        .join();
  }
}
