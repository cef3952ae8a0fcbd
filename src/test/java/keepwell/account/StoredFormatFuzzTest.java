package keepwell.account;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import keepwell.fuzz.Fuzz;
import keepwell.health.Account;
import keepwell.health.AccountEvent;
import keepwell.health.Days;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Events and snapshots that are not as they were stored. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StoredFormatFuzzTest {
  private static final int ROUNDS_OF_A_TYPE = 300;
  private static final int ROUNDS = 2_000;
  private static final Path GOLDEN = Path.of("src/test/resources/journal");
  private static final Path RELEASED = Path.of("src/test/resources/released/0.1.0/snapshot.json");
  private static final Days DAYS = new Days(ZoneOffset.UTC);
  private static final ActorTestKit KIT =
      ActorTestKit.create(
          ConfigFactory.parseString("akka.actor.provider = local")
              .withFallback(ConfigFactory.load()));
  private static final Serialization SERIALIZATION =
      SerializationExtension.get(Adapter.toClassic(KIT.system()));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  static Class<?>[] events() {
    return AccountEvent.class.getPermittedSubclasses();
  }

  @ParameterizedTest
  @MethodSource("events")
  void an_event_that_can_be_read_can_be_written_and_others_are_refused(Class<?> type)
      throws Exception {
    List<byte[]> samples = new ArrayList<>();
    samples.add(golden(type.getSimpleName()));
    for (Class<?> each : events()) {
      samples.add(golden(each.getSimpleName()));
    }
    new Fuzz("events", ROUNDS_OF_A_TYPE)
        .mutations(samples, Fuzz.frugally(input -> assertStable(read(type, input))));
  }

  @Test
  void a_snapshot_that_can_be_read_is_an_account_that_can_be_written_and_others_are_refused()
      throws Exception {
    List<byte[]> samples =
        new ArrayList<>(List.of(golden("AccountSnapshot"), golden("AccountSnapshot-3")));
    for (String row : Files.readAllLines(RELEASED)) {
      JsonNode payload = new ObjectMapper().readTree(row).at("/snapshot_payload/base64");
      samples.add(payload.binaryValue());
    }
    new Fuzz("snapshots", ROUNDS)
        .mutations(
            samples,
            Fuzz.frugally(
                input -> {
                  Account.Parts parts = (Account.Parts) read(Account.Parts.class, input);
                  if (parts != null) {
                    assertStable(Account.of(parts, DAYS).parts());
                  }
                }));
  }

  private static byte[] golden(String name) throws IOException {
    return Files.readAllBytes(GOLDEN.resolve(name + ".cbor"));
  }

  /** What is read; null if it is refused as it may be. */
  private static Object read(Class<?> type, byte[] bytes) {
    try {
      return SERIALIZATION.deserialize(bytes, type).get();
    } catch (Exception e) {
      assertThat(e).isInstanceOf(JacksonException.class);
      return null;
    }
  }

  /** Not so a text that is no UTF-8: Jackson reads it, and then refuses to write it. */
  private static void assertStable(Object read) {
    if (read != null && isText(read)) {
      byte[] written = SERIALIZATION.serialize(read).get();
      Object again = read(read.getClass(), written);
      assertThat(SERIALIZATION.serialize(again).get()).isEqualTo(written);
    }
  }

  private static boolean isText(Object read) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(read.toString());
  }
}
