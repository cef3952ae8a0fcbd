package keepwell.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The people who own the accounts. They do most of their tasks within some days. */
final class Team {
  private static final double LEFT_UNDONE = 0.08;
  private static final int HOURS_MAX = 110;
  private static final List<String> NOTES =
      List.of(
          "Talked to them, they will try again with a smaller team.",
          "They wait for a fix, support is on it.",
          "Had a good call.",
          "Wrote to them, and they have answered.",
          "They look for a new champion; training is offered.");

  private final DemoClient client;

  Team(DemoClient client) {
    this.client = client;
  }

  /** Does what is to be done by now. */
  void work(Instant now) {
    for (JsonNode task : client.get("/v1/tasks?state=open&limit=500").path("items")) {
      String account = task.path("account").asText();
      Random random = new Random(31L * account.hashCode() + task.path("title").asText().hashCode());
      boolean done = random.nextDouble() >= LEFT_UNDONE;
      Duration after = Duration.ofHours(random.nextInt(HOURS_MAX));
      if (done && !Instant.parse(task.path("givenAt").asText()).plus(after).isAfter(now)) {
        client.patch(
            "/v1/tasks/" + task.path("id").asLong(),
            Map.of(
                "state", "done",
                "author", task.path("owner").asText("dana"),
                "note", NOTES.get(random.nextInt(NOTES.size()))));
      }
    }
  }
}
