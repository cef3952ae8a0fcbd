package keepwell;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1SecurityContext;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What is in the image, and what a container of it may do. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ImageTest {
  private static final Path HOME = Path.of("/opt/keepwell");

  private final Manifests manifests = Manifests.of("three-nodes");
  private final String dockerfile = Files.readString(Path.of("k8s/Dockerfile"));

  ImageTest() throws IOException {}

  /** What follows an instruction, each time. */
  private List<String> instructions(String name) {
    return Pattern.compile("^" + name + " (.*)$", Pattern.MULTILINE)
        .matcher(dockerfile)
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  @Test
  void whatever_is_copied_is_there_and_is_not_ignored() throws IOException {
    List<String> ignored = Files.readAllLines(Path.of("k8s/Dockerfile.dockerignore"));
    List<String> copied =
        instructions("COPY").stream()
            .filter(copy -> !copy.startsWith("--from="))
            .map(copy -> copy.split(" "))
            .flatMap(words -> Arrays.stream(words).limit(words.length - 1))
            .toList();
    assertThat(copied).isNotEmpty().allSatisfy(file -> assertThat(Path.of(file)).exists());
    assertThat(ignored).startsWith("# Nothing but what Dockerfile copies.", "*");
    assertThat(ignored.subList(2, ignored.size()))
        .containsExactlyInAnyOrderElementsOf(copied.stream().map(file -> "!" + file).toList());
  }

  @Test
  void both_base_images_have_exact_tags() {
    assertThat(instructions("FROM"))
        .hasSize(2)
        .allSatisfy(
            image -> assertThat(image).matches("\\S+:\\d+\\.\\d+\\.\\d+[_-]\\S+( AS build)?"));
  }

  @Test
  void it_has_the_version_of_the_build_and_starts_the_launcher() throws IOException {
    String version = version();
    assertThat(manifests.container().getImage()).isEqualTo("keepwell:" + version);
    assertThat(dockerfile).contains("-t keepwell:" + version);
    assertThat(instructions("ENTRYPOINT")).containsExactly("[\"" + HOME + "/bin/keepwell\"]");
    assertThat(instructions("CMD")).containsExactly("[\"serve\"]");
    assertThat(Path.of("src/main/bin/keepwell")).isExecutable();
  }

  private static String version() throws IOException {
    return Pattern.compile("<artifactId>keepwell</artifactId>\\s*<version>(.*)</version>")
        .matcher(Files.readString(Path.of("pom.xml")))
        .results()
        .map(found -> found.group(1))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void its_user_and_ports_are_those_of_the_pod() {
    V1PodSpec pod = manifests.pod().getSpec();
    assertThat(instructions("USER"))
        .containsExactly(
            pod.getSecurityContext().getRunAsUser()
                + ":"
                + pod.getSecurityContext().getRunAsGroup());
    assertThat(instructions("EXPOSE").get(0).split(" "))
        .containsExactlyInAnyOrderElementsOf(
            manifests.ports().values().stream().map(Object::toString).toList());
  }

  @Test
  void a_container_may_do_no_more_than_the_restricted_standard_of_pod_security_allows() {
    V1PodSpec pod = manifests.pod().getSpec();
    V1SecurityContext container = manifests.container().getSecurityContext();
    assertThat(manifests.only(V1Namespace.class).getMetadata().getLabels())
        .containsEntry("pod-security.kubernetes.io/enforce", "restricted");
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(container.getAllowPrivilegeEscalation()).isFalse();
    assertThat(container.getReadOnlyRootFilesystem()).isTrue();
    assertThat(container.getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(container.getCapabilities().getAdd()).isEmpty();
    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    assertThat(manifests.only(V1ServiceAccount.class).getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getVolumes()).allMatch(volume -> volume.getHostPath() == null);
  }
}
