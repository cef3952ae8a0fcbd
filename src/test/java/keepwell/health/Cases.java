package keepwell.health;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** What the specifications of this room are made of. */
final class Cases {
  static final Days UTC = new Days(ZoneOffset.UTC);
  private static final ObjectMapper JSON = new ObjectMapper();

  private Cases() {}

  static JsonNode workedExamples() {
    try (var file = Cases.class.getResourceAsStream("/worked-examples.json")) {
      return JSON.readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Object tree(String json) {
    try {
      return JSON.readValue(json, Object.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A document of one scorecard. */
  static Map<String, Object> document(Object scorecard) {
    return Map.of("scorecards", List.of(scorecard));
  }

  /** Scorecards without faults, in force since the beginning. */
  static Scorecards scorecards(Object document) {
    return scorecards(document, 1, Instant.EPOCH);
  }

  static Scorecards scorecards(Object document, int version, Instant activatedAt) {
    Set<Fault> faults = new LinkedHashSet<>();
    Scorecards read = ScorecardReader.read(document, version, activatedAt, faults);
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(faults.toString());
    }
    return read;
  }

  static Scorecard scorecard(Object scorecard) {
    return scorecards(document(scorecard)).scorecards().get(0);
  }

  static int day(String date) {
    return (int) LocalDate.parse(date).toEpochDay();
  }

  static Signal signal(String key, double value, String at) {
    return new Signal(key, value, Instant.parse(at), 0, 0, 0);
  }

  static Signal signal(Reference.Observation observation) {
    return new Signal(
        observation.signal(),
        observation.value(),
        observation.at(),
        hash(observation.user()),
        hash(observation.item()),
        0);
  }

  /** A stand-in for the keyed hash: spread over all 64 bits, and 0 for nobody. */
  static long hash(String text) {
    if (text == null) {
      return 0;
    }
    long hash = 0xcbf29ce484222325L;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ b) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }

  static Facts facts(List<Signal> signals) {
    return Facts.NONE.plus(signals, UTC);
  }

  static List<Signal> daily(String key, String from, int days) {
    return IntStream.range(0, days)
        .mapToObj(
            i -> new Signal(key, 1, UTC.start(day(from) + i).plusSeconds(43_200), hash("u"), 0, 0))
        .toList();
  }
}
