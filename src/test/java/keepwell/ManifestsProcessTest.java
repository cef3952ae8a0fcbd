package keepwell;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1HTTPGetAction;
import io.kubernetes.client.openapi.models.V1Probe;
import io.kubernetes.client.openapi.models.V1Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import keepwell.access.ApiKey;
import keepwell.access.KeyFile;
import keepwell.access.Scope;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real node with what the manifests of one node tell it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ManifestsProcessTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String KEY = "kw_of-a-pod";

  private final Manifests manifests = Manifests.of("one-node");
  private final Map<String, Integer> ports = new TreeMap<>();

  @TempDir Path root;

  /** That of the container, with files under {@link #root}, and ports that are free. */
  private Map<String, String> environment() throws IOException {
    Map<String, String> environment = new TreeMap<>(manifests.environment());
    environment.replaceAll((name, value) -> value.startsWith("/") ? root + value : value);
    for (String name : manifests.ports().keySet()) {
      ports.put(name, NodeProcess.freePort());
      environment.put(SettingsReader.variable(name + ".port"), Integer.toString(ports.get(name)));
    }
    Path keys = Path.of(environment.get("KEEPWELL_API_KEYS"));
    Files.createDirectories(keys.getParent());
    Files.writeString(
        keys,
        KeyFile.line(
            new ApiKey("pod", Set.of(Scope.ADMIN), ApiKey.Hash.of(KEY), OptionalInt.empty())));
    return environment;
  }

  /**
   * Asks where nothing listens that is at 127.0.0.1 alone, as nothing of a pod would be reached.
   */
  private int status(String port, String path, String... headers)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.2:" + ports.get(port) + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  private int status(V1Probe probe) throws IOException, InterruptedException {
    V1HTTPGetAction get = probe.getHttpGet();
    return status(get.getPort().getStrValue(), get.getPath());
  }

  @Test
  void it_answers_probes_and_whoever_has_a_key_and_stops_in_the_time_that_it_has()
      throws Exception {
    Map<String, String> environment = environment();
    try (NodeProcess node =
        NodeProcess.start(root, environment, environment.get("JAVA_OPTS").split(" "))
            .untilReady()) {
      for (V1Probe probe : manifests.probes().toList()) {
        assertThat(status(probe)).as(probe.toString()).isEqualTo(200);
      }
      assertThat(status("management", scraped())).isEqualTo(200);
      for (String path :
          List.of("/", "/cluster/members", "/bootstrap/seed-nodes", "/v1/accounts")) {
        assertThat(status("management", path)).as(path).isEqualTo(404);
      }
      V1Service service = manifests.only(V1Service.class);
      String http = service.getSpec().getPorts().get(0).getTargetPort().getStrValue();
      assertThat(status(http, "/v1/accounts")).isEqualTo(401);
      assertThat(status(http, "/v1/accounts", "Authorization", "Bearer " + KEY)).isEqualTo(200);

      node.signal("TERM");
      Duration grace =
          Duration.ofSeconds(manifests.pod().getSpec().getTerminationGracePeriodSeconds());
      Awaitility.await().atMost(grace).until(() -> !node.isReady());
      Awaitility.await().atMost(grace).until(() -> node.ended().isDone());
      assertThat(node.exitCode()).isEqualTo(143);
    }
  }

  private String scraped() {
    return manifests.pod().getMetadata().getAnnotations().get("prometheus.io/path");
  }
}
