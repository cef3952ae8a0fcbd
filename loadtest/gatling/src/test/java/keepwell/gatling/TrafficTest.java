package keepwell.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private static final Population POPULATION = new Population(100, 1);
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 29);

  @Test
  void theSameSeedSendsTheSameInTheSameOrder() {
    List<Request> urn = List.of(Request.values());
    assertThat(some(traffic(1, "run").drawn(urn), 200))
        .isEqualTo(some(traffic(1, "run").drawn(urn), 200))
        .isNotEqualTo(some(traffic(2, "run").drawn(urn), 200));
  }

  @Test
  void everySignalHasAnIdThatNoOtherHasInAnyRun() throws JsonProcessingException {
    Set<String> ids = new HashSet<>();
    for (String source : List.of("one", "other")) {
      for (Map<String, Object> each :
          some(traffic(1, source).drawn(List.of(Request.SIGNALS)), 20)) {
        for (JsonNode signal : new ObjectMapper().readTree((String) each.get("body"))) {
          ids.add(signal.path("id").asText());
        }
      }
    }
    assertThat(ids).hasSize(2 * 20 * 50);
  }

  @Test
  void eachAccountIsSetUpWithLabelsAndFacts() {
    Iterator<Map<String, Object>> setUp = traffic(1, "run").setUp();
    List<Map<String, Object>> all = some(setUp, 200);
    assertThat(setUp).isExhausted();
    assertThat(all.get(0)).containsEntry("path", "/v1/accounts/account-000000");
    assertThat((String) all.get(0).get("body")).contains("name", "owner", "segment");
    assertThat((String) all.get(1).get("body")).contains("seats", "arr", "renewal-date");
  }

  private static Traffic traffic(long seed, String source) {
    return new Traffic(POPULATION, Phase.LOAD, seed, TODAY, source);
  }

  private static List<Map<String, Object>> some(Iterator<Map<String, Object>> from, int count) {
    List<Map<String, Object>> some = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      some.add(from.next());
    }
    return some;
  }
}
