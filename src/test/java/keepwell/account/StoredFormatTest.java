package keepwell.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import akka.serialization.SerializerWithStringManifest;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import keepwell.health.Account;
import keepwell.health.AccountEvent;
import keepwell.health.AccountEvent.AccountClosed;
import keepwell.health.AccountEvent.AccountErased;
import keepwell.health.AccountEvent.AccountOpened;
import keepwell.health.AccountEvent.AccountReopened;
import keepwell.health.AccountEvent.LabelsChanged;
import keepwell.health.AccountEvent.Loss;
import keepwell.health.AccountEvent.OutcomeRecorded;
import keepwell.health.AccountEvent.OverrideRemoved;
import keepwell.health.AccountEvent.OverrideSet;
import keepwell.health.AccountEvent.Reason;
import keepwell.health.AccountEvent.SignalsRecorded;
import keepwell.health.AccountEvent.StandingPublished;
import keepwell.health.AccountEvent.TierChanged;
import keepwell.health.Days;
import keepwell.health.Outcome;
import keepwell.health.ScoreOverride;
import keepwell.health.Signal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What is in the journal stays readable. A golden file is never changed: a format that has changed
 * gets a further file, e.g. {@code AccountOpened-2.cbor}, and the old one is still read. A new file
 * is written to {@code target/journal}, to be looked at and moved.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StoredFormatTest {
  private static final Path GOLDEN = Path.of("src/test/resources/journal");
  private static final Path FRESH = Path.of("target/journal");
  private static final Instant AT = Instant.parse("2026-03-01T12:00:00.123Z");
  private static final ActorTestKit KIT =
      ActorTestKit.create(
          ConfigFactory.parseString("akka.actor.provider = local")
              .withFallback(ConfigFactory.load()));
  private static final Serialization SERIALIZATION =
      SerializationExtension.get(Adapter.toClassic(KIT.system()));

  private static final Map<Class<?>, AccountEvent> SAMPLES =
      Stream.of(
              new AccountOpened("ünïcode/ε|😀"),
              new SignalsRecorded(
                  List.of(
                      new Signal("login", 1, AT, 0x123456789abcdefL, 0, -5),
                      new Signal("hours", -0.25, AT.minusSeconds(5), 0, 77, 0)),
                  3,
                  AT,
                  AT.plusMillis(1),
                  Set.of("hours")),
              new LabelsChanged(Map.of("owner", "dana"), Set.of("segment"), 3, AT),
              new OverrideSet(
                  new ScoreOverride(
                      Optional.of(49.5), Optional.empty(), "champion left", "dana", 20_700),
                  3,
                  AT),
              new OverrideRemoved(3, AT),
              new AccountErased(AT, Set.of("login")),
              new AccountClosed(3, AT, true),
              new AccountReopened(3, AT),
              new OutcomeRecorded(Optional.of(Outcome.CHURNED), AT.minusSeconds(90_000), 3, AT),
              new StandingPublished(
                  Optional.of(61.5),
                  Optional.empty(),
                  Optional.of(-12.4),
                  Optional.of(new Loss("active-users", true, "Active users", 11.25)),
                  Optional.of(486_000.0),
                  Optional.of(20_800),
                  20_700,
                  3,
                  AT,
                  Optional.of(62.25),
                  Optional.of(58.0),
                  true),
              new TierChanged(
                  Optional.of("green"),
                  Optional.empty(),
                  Optional.of(72.2222),
                  Optional.empty(),
                  Reason.SCORECARD,
                  Optional.of("b2b-saas"),
                  3,
                  AT,
                  true))
          .collect(Collectors.toMap(AccountEvent::getClass, Function.identity()));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @TestFactory
  Stream<DynamicTest> every_event_type_keeps_its_format() {
    return Stream.of(AccountEvent.class.getPermittedSubclasses())
        .map(
            type ->
                dynamicTest(
                    type.getSimpleName(),
                    () -> {
                      AccountEvent sample = SAMPLES.get(type);
                      byte[] golden = golden(type.getSimpleName(), sample);
                      assertThat(read(golden, sample)).isEqualTo(sample);
                      assertThat(read(withUnknownField(golden), sample)).isEqualTo(sample);
                    }));
  }

  @Test
  void signals_recorded_before_new_keys_were_told_have_none() throws IOException {
    byte[] old = Files.readAllBytes(GOLDEN.resolve("SignalsRecorded.cbor"));
    SignalsRecorded sample = (SignalsRecorded) SAMPLES.get(SignalsRecorded.class);
    assertThat(read(old, sample))
        .isEqualTo(
            new SignalsRecorded(
                sample.signals(), sample.version(), sample.at(), sample.receivedAt(), Set.of()));
  }

  @Test
  void a_standing_published_before_scores_were_settled_has_no_such_score() throws IOException {
    byte[] old = Files.readAllBytes(GOLDEN.resolve("StandingPublished.cbor"));
    AccountEvent sample = SAMPLES.get(StandingPublished.class);
    StandingPublished read = (StandingPublished) read(old, sample);
    assertThat(read.score()).isEqualTo(((StandingPublished) sample).score());
    assertThat(read.settledScore()).isEmpty();
    assertThat(read.previousSettledScore()).isEmpty();
    assertThat(read.quiet()).isFalse();
  }

  @Test
  void an_account_that_was_closed_before_there_were_outcomes_was_closed_by_hand()
      throws IOException {
    byte[] old = Files.readAllBytes(GOLDEN.resolve("AccountClosed.cbor"));
    AccountEvent sample = SAMPLES.get(AccountClosed.class);
    assertThat(read(old, sample)).isEqualTo(new AccountClosed(3, AT, false));
  }

  @Test
  void snapshots_keep_their_format() throws IOException {
    Account account = Account.unknown(new Days(ZoneOffset.UTC));
    for (Class<?> type :
        List.of(
            AccountErased.class,
            AccountOpened.class,
            SignalsRecorded.class,
            LabelsChanged.class,
            OverrideSet.class,
            TierChanged.class,
            StandingPublished.class,
            OutcomeRecorded.class,
            AccountClosed.class)) {
      account = account.evolve(SAMPLES.get(type));
    }
    Account.Parts parts = account.parts();
    byte[] golden = golden("AccountSnapshot", parts);
    for (byte[] stored : List.of(golden, withUnknownField(golden))) {
      Account.Parts read = (Account.Parts) read(stored, parts);
      assertThat(read).usingRecursiveComparison().isEqualTo(parts);
    }
  }

  @Test
  void a_snapshot_from_before_there_were_erasures_is_of_an_account_that_was_never_erased()
      throws IOException {
    Account.Parts parts = Account.unknown(new Days(ZoneOffset.UTC)).parts();
    byte[] old = Files.readAllBytes(GOLDEN.resolve("AccountSnapshot.cbor"));
    assertThat(((Account.Parts) read(old, parts)).erasedAt()).isNull();
  }

  @Test
  void a_snapshot_of_another_version_of_the_facts_is_refused_for_the_journal_has_them_all()
      throws IOException {
    Account.Parts parts = Account.unknown(new Days(ZoneOffset.UTC)).parts();
    byte[] older = Files.readAllBytes(GOLDEN.resolve("AccountSnapshot-facts-1.cbor"));
    assertThatThrownBy(() -> read(older, parts)).hasStackTraceContaining("unknown version: 1");
  }

  private static Object read(byte[] bytes, Object like) {
    SerializerWithStringManifest serializer =
        (SerializerWithStringManifest) SERIALIZATION.findSerializerFor(like);
    assertThat(serializer.manifest(like)).isEqualTo(like.getClass().getName());
    return SERIALIZATION
        .deserialize(bytes, serializer.identifier(), like.getClass().getName())
        .get();
  }

  /** The newest golden file, which is as we write now, after all have been read. */
  private static byte[] golden(String name, Object sample) throws IOException {
    Pattern ofType = Pattern.compile(name + "(-\\d+)?\\.cbor");
    List<Path> files;
    try (Stream<Path> all = Files.list(GOLDEN)) {
      files =
          all.filter(file -> ofType.matcher(file.getFileName().toString()).matches())
              .sorted(
                  Comparator.comparing((Path file) -> file.toString().length())
                      .thenComparing(Path::toString))
              .toList();
    }
    for (Path file : files) {
      assertThat(read(Files.readAllBytes(file), sample)).isInstanceOf(sample.getClass());
    }
    byte[] fresh = SERIALIZATION.serialize(sample).get();
    byte[] newest = files.isEmpty() ? null : Files.readAllBytes(files.get(files.size() - 1));
    if (!Arrays.equals(fresh, newest)) {
      String number = files.isEmpty() ? "" : "-" + (files.size() + 1);
      Files.createDirectories(FRESH);
      Path file = Files.write(FRESH.resolve(name + number + ".cbor"), fresh);
      throw new AssertionError("a format without a golden file; look at " + file + " and move it");
    }
    return newest;
  }

  private static byte[] withUnknownField(byte[] cbor) throws IOException {
    CBORMapper mapper = new CBORMapper();
    ObjectNode tree = (ObjectNode) mapper.readTree(cbor);
    tree.put("unheardOf", "by this release");
    return mapper.writeValueAsBytes(tree);
  }
}
