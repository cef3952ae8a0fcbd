package keepwell.outreach;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Attempts as they are stored. */
final class AttemptsJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @param at epoch milliseconds
   * @param took milliseconds
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Row(long at, long took, Integer status, String problem) {
    Attempt attempt() {
      return new Attempt(
          Instant.ofEpochMilli(at),
          Duration.ofMillis(took),
          Optional.ofNullable(status),
          Optional.ofNullable(problem),
          Optional.empty());
    }
  }

  private AttemptsJson() {}

  static String text(List<Attempt> attempts) {
    try {
      return JSON.writeValueAsString(
          attempts.stream()
              .map(
                  attempt ->
                      new Row(
                          attempt.at().toEpochMilli(),
                          attempt.took().toMillis(),
                          attempt.status().orElse(null),
                          attempt.problem().orElse(null)))
              .toList());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * @throws IllegalStateException if nobody wrote that
   */
  static List<Attempt> read(String json) {
    try {
      Row[] rows = JSON.readValue(json, Row[].class);
      if (rows == null || Arrays.asList(rows).contains(null)) {
        throw new IllegalStateException("an attempt is missing");
      }
      return Arrays.stream(rows).map(Row::attempt).toList();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
