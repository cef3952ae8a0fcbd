package keepwell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1NetworkPolicyPort;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1TopologySpreadConstraint;
import io.kubernetes.client.openapi.models.V1Volume;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests of each overlay agree with each other, and with what a node is. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ManifestsTest {
  private final Config settings = ConfigFactory.load();

  @Retention(RetentionPolicy.RUNTIME)
  @ParameterizedTest
  @ValueSource(strings = {"one-node", "three-nodes"})
  private @interface EachOverlay {}

  @ParameterizedTest
  @CsvSource({
    "targetPort, targetport",
    "podSelector, podSelectors",
    "runAsNonRoot, runAsNonroot",
    "failureThreshold, failureTreshold",
    "sizeLimit, size",
    "cidr, cdir",
    "seconds, second"
  })
  void a_field_that_kubernetes_does_not_know_is_found(String field, String misspelt) {
    String rendered = Manifests.rendered("three-nodes");
    assertThat(rendered).contains(" " + field + ":");
    String text = rendered.replace(" " + field + ":", " " + misspelt + ":");
    assertThatThrownBy(() -> Manifests.read(text)).hasMessageContaining("`" + misspelt + "`");
  }

  @EachOverlay
  void ports_are_those_of_the_settings_and_whoever_names_one_finds_it(String overlay) {
    Manifests manifests = Manifests.of(overlay);
    Map<String, Integer> ports = manifests.ports();
    ports.forEach(
        (name, port) -> assertThat(settings.getInt("keepwell." + name + ".port")).isEqualTo(port));
    assertThat(manifests.pod().getMetadata().getAnnotations())
        .containsEntry("prometheus.io/port", ports.get("management").toString());
    Stream<IntOrString> ofService =
        manifests.only(V1Service.class).getSpec().getPorts().stream().map(p -> p.getTargetPort());
    Stream<IntOrString> ofProbes = manifests.probes().map(probe -> probe.getHttpGet().getPort());
    Stream<IntOrString> ofPolicies =
        policyPorts(manifests).map(V1NetworkPolicyPort::getPort).filter(port -> !port.isInteger());
    assertThat(Stream.of(ofService, ofProbes, ofPolicies).flatMap(port -> port))
        .extracting(IntOrString::getStrValue)
        .containsOnly(ports.keySet().toArray(String[]::new));
  }

  private static Stream<V1NetworkPolicyPort> policyPorts(Manifests manifests) {
    return manifests
        .each(V1NetworkPolicy.class)
        .map(V1NetworkPolicy::getSpec)
        .flatMap(
            spec ->
                Stream.concat(
                    spec.getIngress().stream().flatMap(rule -> rule.getPorts().stream()),
                    spec.getEgress().stream().flatMap(rule -> rule.getPorts().stream())));
  }

  @EachOverlay
  void the_port_of_http_alone_is_open_to_everybody(String overlay) {
    Manifests manifests = Manifests.of(overlay);
    assertThat(manifests.each(V1NetworkPolicy.class))
        .flatExtracting(policy -> policy.getSpec().getIngress())
        .filteredOn(rule -> rule.getFrom().isEmpty())
        .flatExtracting(rule -> rule.getPorts())
        .extracting(port -> port.getPort().getStrValue())
        .containsExactly("http");
  }

  @EachOverlay
  void every_variable_is_one_of_the_settings_and_every_file_is_in_a_volume(String overlay) {
    Manifests manifests = Manifests.of(overlay);
    Map<String, String> environment = manifests.environment();
    assertThat(environment.keySet())
        .filteredOn(name -> name.startsWith("KEEPWELL_"))
        .isSubsetOf(SettingsReader.OF_ENVIRONMENT.stream().map(SettingsReader::variable).toList());
    List<V1VolumeMount> mounts = manifests.container().getVolumeMounts();
    assertThat(mounts)
        .extracting(V1VolumeMount::getName)
        .containsExactlyInAnyOrderElementsOf(
            manifests.pod().getSpec().getVolumes().stream().map(V1Volume::getName).toList());
    assertThat(environment.values())
        .filteredOn(value -> value.startsWith("/"))
        .allSatisfy(
            file -> assertThat(mounts).anyMatch(mount -> file.startsWith(mount.getMountPath())));
  }

  @EachOverlay
  void every_selector_finds_the_pods_and_whoever_names_the_deployment_finds_it(String overlay) {
    Manifests manifests = Manifests.of(overlay);
    V1Deployment deployment = manifests.only(V1Deployment.class);
    Map<String, String> labels = manifests.pod().getMetadata().getLabels();
    Stream<V1LabelSelector> selectors =
        Stream.of(
                Stream.of(deployment.getSpec().getSelector()),
                manifests.each(V1NetworkPolicy.class).map(p -> p.getSpec().getPodSelector()),
                manifests.each(V1PodDisruptionBudget.class).map(p -> p.getSpec().getSelector()),
                manifests.pod().getSpec().getTopologySpreadConstraints().stream()
                    .map(V1TopologySpreadConstraint::getLabelSelector))
            .flatMap(selector -> selector);
    assertThat(selectors).extracting(V1LabelSelector::getMatchLabels).containsOnly(labels);
    assertThat(manifests.only(V1Service.class).getSpec().getSelector()).isEqualTo(labels);
    assertThat(manifests.each(V2HorizontalPodAutoscaler.class))
        .extracting(scaler -> scaler.getSpec().getScaleTargetRef())
        .allMatch(target -> target.getKind().equals(deployment.getKind()))
        .allMatch(target -> target.getApiVersion().equals(deployment.getApiVersion()))
        .allMatch(target -> target.getName().equals(deployment.getMetadata().getName()));
  }

  @EachOverlay
  void only_nodes_that_share_a_database_are_more_than_one(String overlay) {
    Manifests manifests = Manifests.of(overlay);
    V1Deployment deployment = manifests.only(V1Deployment.class);
    boolean shared = manifests.environment().containsKey("KEEPWELL_JDBC_URL");
    assertThat(shared).isEqualTo(overlay.equals("three-nodes"));
    assertThat(manifests.ports().containsKey("remote")).isEqualTo(shared);
    assertThat(manifests.each(V2HorizontalPodAutoscaler.class)).hasSize(shared ? 1 : 0);
    assertThat(manifests.each(V1PodDisruptionBudget.class)).hasSize(shared ? 1 : 0);
    assertThat(deployment.getSpec().getReplicas()).isEqualTo(shared ? null : 1);
    assertThat(deployment.getSpec().getStrategy().getType())
        .isEqualTo(shared ? "RollingUpdate" : "Recreate");
  }

  @EachOverlay
  void a_pod_has_time_for_its_pause_and_all_phases_of_a_stop(String overlay) {
    Manifests manifests = Manifests.of(overlay);
    Config shutdown = settings.getConfig("akka.coordinated-shutdown");
    Config every = shutdown.getValue("default-phase-timeout").atKey("timeout");
    Duration stop =
        shutdown.getObject("phases").values().stream()
            .map(phase -> ((ConfigObject) phase).toConfig().withFallback(every))
            .map(phase -> phase.getDuration("timeout"))
            .reduce(Duration.ZERO, Duration::plus);
    long pause = manifests.container().getLifecycle().getPreStop().getSleep().getSeconds();
    assertThat(manifests.pod().getSpec().getTerminationGracePeriodSeconds())
        .isGreaterThan(pause + stop.toSeconds());
  }
}
