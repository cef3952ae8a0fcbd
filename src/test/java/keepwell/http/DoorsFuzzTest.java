package keepwell.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.slf4j.LoggerFactory;

/** A node to which requests are sent that no client of good will sends. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DoorsFuzzTest {
  private static final int REQUESTS = 250;
  private static final int ROUNDS = 800;
  private static final int PATIENCE_MILLIS = 40_000;
  private static final String KEPT = "/v1/accounts/kept";
  private static final List<Example> EXAMPLES = OpenApiTest.examples().toList();
  private static final Logger LOG = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

  private static final ListAppender<ILoggingEvent> LOGGED =
      new ListAppender<>() {
        @Override
        protected void append(ILoggingEvent event) {
          if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
            super.append(event);
          }
        }
      };

  private static TestNode node;
  private static Api api;
  private static String scorecards;
  private static Object score;

  @BeforeAll
  static void start_with_an_account_that_has_a_score(@TempDir Path data) {
    LOGGED.start();
    LOG.addAppender(LOGGED);
    node =
        TestNode.start(
            data, Map.of("keepwell.webhooks.allow-private", true), InstantSource.system());
    api = new Api(node.uri());
    scorecards = api.get("/v1/scorecards").body();
    api.post("/v1/signals", "application/json", "{\"account\": \"kept\", \"signal\": \"login\"}");
    score = score();
  }

  @AfterAll
  static void stop() {
    LOG.detachAppender(LOGGED);
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
            input -> assertThat(answers(input)).as(text(input)).hasSize(1));
  }

  @Test
  void bytes_that_are_no_request_are_answered_as_such_or_not_at_all() throws Exception {
    new Fuzz("bytes", ROUNDS)
        .mutations(
            EXAMPLES.stream().map(FuzzedRequest::unchanged).toList(), input -> answers(input));
  }

  private static String text(byte[] input) {
    return new String(input, ISO_8859_1);
  }

  /** What comes back until the connection is closed, each held against what no answer may be. */
  private List<Answer> answers(byte[] request) throws IOException {
    List<Answer> answers = new ArrayList<>();
    try (Socket connection = new Socket(node.uri().getHost(), node.uri().getPort())) {
      connection.setSoTimeout(PATIENCE_MILLIS);
      connection.getOutputStream().write(request);
      connection.shutdownOutput();
      InputStream in = new BufferedInputStream(connection.getInputStream());
      Optional<Answer> next = Answer.next(in);
      while (next.isPresent()) {
        answers.add(next.get());
        Discretion.holds(text(request), next.get());
        next = next.get().isStream() ? Optional.empty() : Answer.next(in);
      }
    } catch (SocketException e) {
      // Closed before all was read: nothing more comes.
    }
    assertThat(LOGGED.list).as("errors after %s", text(request)).isEmpty();
    return answers;
  }
}
