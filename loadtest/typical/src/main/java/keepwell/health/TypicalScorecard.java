package keepwell.health;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The scorecard {@code b2b-saas} alone; it fits every {@link TypicalAccount}. */
public final class TypicalScorecard {
  private TypicalScorecard() {}

  /** As it is put. */
  public static Map<String, Object> document() {
    try (var json = TypicalScorecard.class.getResourceAsStream("/scorecards/b2b-saas.json")) {
      return new ObjectMapper().readValue(json, new TypeReference<>() {});
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As version 1. */
  static Scorecards scorecards() {
    Set<Fault> faults = new HashSet<>();
    Scorecards read = ScorecardReader.read(document(), 1, Instant.EPOCH, faults);
    if (!faults.isEmpty()) {
      throw new IllegalStateException(faults.toString());
    }
    return read;
  }
}
