package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import keepwell.TestNode;
import keepwell.fuzz.Fuzz;
import keepwell.http.OpenApiTest.Example;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node to which requests are sent that no client of good will sends. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DoorsFuzzTest {
  private static final int REQUESTS = 250;
  private static final int ROUNDS = 800;
  private static final String KEPT = "/v1/accounts/kept";
  private static final List<Example> EXAMPLES = OpenApiTest.examples().toList();

  private static TestNode node;
  private static Knocker knocker;
  private static Api api;
  private static String scorecards;
  private static Object score;

  @BeforeAll
  static void start_with_an_account_that_has_a_score(@TempDir Path data) {
    node =
        TestNode.start(
            data, Map.of("keepwell.webhooks.allow-private", true), InstantSource.system());
    knocker = new Knocker(node.uri());
    api = new Api(node.uri());
    scorecards = api.get("/v1/scorecards").body();
    api.post("/v1/signals", "application/json", "{\"account\": \"kept\", \"signal\": \"login\"}");
    score = score();
  }

  @AfterAll
  static void stop() {
    knocker.close();
    node.close();
  }

  private static Object score() {
    return Api.json(api.get(KEPT)).path("score");
  }

  @AfterEach
  void what_was_recorded_before_still_counts() {
    api.put("/v1/scorecards", scorecards);
    await().untilAsserted(() -> assertThat(score()).isEqualTo(score));
  }

  @Test
  void one_answer_comes_to_each_documented_request_whatever_is_in_it() throws Exception {
    new Fuzz("requests", REQUESTS)
        .inputs(
            mutations -> new FuzzedRequest(EXAMPLES, mutations).bytes(),
            input -> assertThat(knocker.answers(input)).as(Knocker.text(input)).hasSize(1));
  }

  @Test
  void bytes_that_are_no_request_are_answered_as_such_or_not_at_all() throws Exception {
    new Fuzz("bytes", ROUNDS)
        .mutations(EXAMPLES.stream().map(FuzzedRequest::unchanged).toList(), knocker::answers);
  }
}
