package keepwell.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import keepwell.fuzz.Fuzz;
import keepwell.http.OpenApiTest.Example;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node with keys, to which requests are sent by those who have none, or one for something else.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class GateFuzzTest {
  private static final int REQUESTS = 250;
  private static final List<Example> EXAMPLES = OpenApiTest.examples().toList();

  /** They tell nothing of any account. */
  private static final Set<String> OPEN = Set.of("openapi.json", "docs", "login", "dashboard");

  private static final Set<String> TAKEN =
      Set.of("POST /v1/signals", "POST /v1/signals/", "POST /v1/outcomes", "POST /v1/outcomes/");

  private KeysNode node;
  private Knocker knocker;

  @BeforeEach
  void start(@TempDir Path data) {
    node = new KeysNode(data);
    knocker = new Knocker(node.uri());
  }

  @AfterEach
  void stop() {
    knocker.close();
    node.close();
  }

  @Test
  void nothing_is_told_or_taken_without_a_key() throws Exception {
    new Fuzz("gate", REQUESTS)
        .inputs(
            mutations -> new FuzzedRequest(EXAMPLES, mutations).bytes(),
            input -> assertThat(isGranted(input)).as(Knocker.text(input)).isFalse());
    assertThat(Api.json(node.with(node.admin).get("/v1/audit")).get("items")).isEmpty();
    node.with(node.ingest)
        .post("/v1/signals", "application/json", "{\"account\": \"last\", \"signal\": \"login\"}");
    await().until(() -> !listed().isEmpty()); // in the order in which they were stored
    assertThat(listed()).containsExactly("last");
  }

  private List<String> listed() {
    return Api.json(node.with(node.read).get("/v1/accounts"))
        .get("items")
        .findValuesAsText("account");
  }

  @Test
  void who_may_ingest_can_do_nothing_else() throws Exception {
    new Fuzz("gate-ingest", REQUESTS)
        .inputs(
            mutations -> keyed(new FuzzedRequest(EXAMPLES, mutations).bytes()),
            input ->
                assertThat(isGranted(input) && !TAKEN.contains(asked(input)))
                    .as(Knocker.text(input))
                    .isFalse());
  }

  private byte[] keyed(byte[] request) {
    return Knocker.text(request)
        .replaceFirst("\r\n", "\r\nAuthorization: Bearer " + node.ingest + "\r\n")
        .getBytes(ISO_8859_1);
  }

  /** Whether anything is answered but a refusal, the way to the login, or what all may see. */
  private boolean isGranted(byte[] request) throws IOException {
    String path = asked(request).replaceFirst("^\\S+ /*", "");
    List<Answer> answers = knocker.answers(request);
    boolean open = OPEN.contains(path.replaceFirst("/.*", "")) && !path.contains("rescoring");
    return !open
        && answers.stream().anyMatch(answer -> answer.statusCode() < 400 && !isToLogin(answer));
  }

  private static boolean isToLogin(Answer answer) {
    return answer.statusCode() == 303
        && answer.headers().firstValue("Location").orElse("").startsWith("/login");
  }

  /** Method and path of a request, decoded. */
  private static String asked(byte[] request) {
    String[] line = Knocker.text(request).split(" ", 3);
    return line[0]
        + " "
        + URLDecoder.decode(
            line[1]
                .replaceFirst("\\?.*", "")
                .replace("+", "%2B")
                .replaceAll("%(?!\\p{XDigit}{2})", "%25"),
            UTF_8);
  }
}
