package keepwell.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import keepwell.account.Fingerprint;
import keepwell.fuzz.Fuzz;
import keepwell.health.Days;
import keepwell.health.Fault;
import keepwell.health.OutcomeStatement;
import keepwell.health.ScoreOverride;
import keepwell.health.ScorecardReader;
import keepwell.health.Signal;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What reads the bodies of requests, each by itself: a problem, or faults, is all it may say. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReadersFuzzTest {
  private static final JsonReader JSON = new JsonReader(32);
  private static final int ROUNDS = 2_000;
  private static final int FAULTS_MAX = 1_000;
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Days DAYS = new Days(ZoneOffset.UTC);
  private static final RecordReader<Signal> READER =
      new RecordReader<>(
          SignalDraft.kind(DAYS, new Fingerprint(new byte[32])), JSON, InstantSource.fixed(NOW));

  private static final List<byte[]> SIGNALS =
      samples(
          """
          [{"account": "acme", "signal": "seats", "value": 10, "id": "\\u00e9"},
           {"account": "acme", "signal": "login", "user": "dana", "at": "2026-02-28T09:30:00.5+02:00"}]""",
          "{\"account\": \"acme\", \"signal\": \"renewal\", \"value\": \"2027-06-30\", \"item\": null}");

  private static List<byte[]> samples(String... texts) {
    return Arrays.stream(texts).map(text -> text.getBytes(UTF_8)).toList();
  }

  @Test
  void a_body_of_signals() throws Exception {
    new Fuzz("signals-json", ROUNDS)
        .mutations(SIGNALS, Fuzz.frugally(input -> tried(() -> READER.body(input).entries())));
  }

  @Test
  void a_body_of_outcomes() throws Exception {
    RecordReader<OutcomeStatement> reader =
        new RecordReader<>(OutcomeDraft.kind(DAYS), JSON, InstantSource.fixed(NOW));
    List<byte[]> samples =
        samples("[{\"account\": \"acme\", \"outcome\": \"churned\", \"at\": \"2026-02-28\"}]");
    new Fuzz("outcomes-json", ROUNDS)
        .mutations(samples, Fuzz.frugally(input -> tried(() -> reader.body(input).entries())));
  }

  @Test
  void lines_of_signals() throws Exception {
    List<byte[]> samples =
        samples("{\"account\": \"acme\", \"signal\": \"login\"}\n\n{\"account\": 7}\n[1]\r\n");
    new Fuzz("signals-ndjson", ROUNDS)
        .mutations(
            samples,
            Fuzz.frugally(input -> tried(() -> read(input, new NdjsonRecords<>(READER)::read))));
  }

  @Test
  void rows_of_signals() throws Exception {
    List<byte[]> samples =
        samples(
            """
            account,signal,value,at,user,item,id
            acme,seats,1.5e2,2026-02-28,,,
            "Ac""me, Inc.",login,,2026-02-28T09:30:00Z,dana,"a,b",1
            """,
            "\uFEFFsignal,account\r\nlogin,acme\r\n");
    new Fuzz("signals-csv", ROUNDS)
        .mutations(
            samples,
            Fuzz.frugally(input -> tried(() -> read(input, new CsvRecords<>(READER)::read))));
  }

  private static <T> List<Entry<T>> read(
      byte[] input, Function<Lines.Line, List<Entry<T>>> reader) {
    List<Entry<T>> entries = new ArrayList<>();
    int start = 0;
    for (int end = 0; end <= input.length; end++) {
      if (end == input.length || input[end] == '\n') {
        byte[] line = Arrays.copyOfRange(input, start, end);
        entries.addAll(reader.apply(new Lines.Whole(ByteString.fromArrayUnsafe(line))));
        start = end + 1;
      }
    }
    return entries;
  }

  @Test
  void scorecards() throws Exception {
    List<byte[]> samples = Fuzz.files(Path.of("conf/scorecards"));
    new Fuzz("scorecards", ROUNDS)
        .mutations(
            samples,
            Fuzz.frugally(
                input ->
                    tried(
                        () -> {
                          Object json = JSON.tree(input);
                          assertThat(faults(json).size()).isLessThanOrEqualTo(FAULTS_MAX);
                          for (DraftReader.Draft draft : DraftReader.read(json)) {
                            Object stored = JSON.tree(Json.bytes(draft.document()));
                            assertThat(faults(stored)).isEmpty();
                          }
                        })));
  }

  private static Set<Fault> faults(Object document) {
    Set<Fault> faults = new LinkedHashSet<>();
    ScorecardReader.read(document, 1, NOW, faults);
    return faults;
  }

  @Test
  void overrides_and_secrets() throws Exception {
    List<byte[]> samples =
        samples(
            """
            {"max": 49, "min": 1.5, "reason": "left", "author": "dana", "until": "2026-06-01"}""",
            "{\"secret\": \"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"}");
    new Fuzz("overrides", ROUNDS)
        .mutations(
            samples,
            Fuzz.frugally(
                input ->
                    tried(
                        () -> {
                          Object json = JSON.tree(input);
                          Set<Fault> faults = new LinkedHashSet<>();
                          ScoreOverride.read(json, faults);
                          Json.bytes(faults);
                          WebhookReader.secret(json);
                        })));
  }

  @Test
  void dates() throws Exception {
    new Fuzz("dates", ROUNDS)
        .mutations(
            samples("2026-12-31", "0000-02-29"),
            Fuzz.frugally(
                input -> {
                  String text = new String(input, UTF_8);
                  Days.read(text).ifPresent(day -> assertThat(day).hasToString(text));
                }));
  }

  private interface Attempted {
    void run() throws IOException;
  }

  private static void tried(Attempted reading) throws IOException {
    try {
      reading.run();
    } catch (Problem.Raised refused) {
      assertThat(Problem.of(refused).response().status().intValue()).isBetween(400, 499);
    }
  }
}
