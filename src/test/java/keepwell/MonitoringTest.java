package keepwell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import keepwell.http.Api;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is drawn of a node and alerted of must be what it measures. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MonitoringTest {
  private static final Path DASHBOARD = Path.of("k8s/grafana/keepwell.json");
  private static final Path ALERTS = Path.of("k8s/prometheus/alerts.yaml");

  /** Of a sample: its name, and its labels. */
  private static final Pattern SAMPLE = Pattern.compile("^(\\w+)(?:\\{(.*)})? \\S+$");

  private static final Pattern LABEL = Pattern.compile("(\\w+)=~?\"");

  /** A metric in a query, with what selects from it: neither a function nor a label. */
  private static final Pattern SELECTOR =
      Pattern.compile("([a-zA-Z_:][\\w:]*)\\s*(?:\\{([^}]*)})?(?!\\w|\\s*\\()");

  private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without)\\s*\\(([^)]*)\\)");
  private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
  private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset");

  /** What Prometheus adds, or tells by itself. */
  private static final Set<String> ITS_LABELS = Set.of("job", "instance");

  private static final Set<String> ITS_METRICS = Set.of("up");

  @TempDir static Path data;

  private static TestNode node;
  private static final Map<String, Set<String>> MEASURED = new TreeMap<>();

  @BeforeAll
  static void measure() {
    int management = NodeProcess.freePort();
    node =
        TestNode.start(
            data, Map.of("keepwell.management.port", management), InstantSource.system());
    String signal = "{\"account\": \"acme\", \"signal\": \"login\"}";
    assertThat(new Api(node.uri()).post("/v1/signals", "application/json", signal).statusCode())
        .isEqualTo(200);
    // Collections are told of once there was one, and accounts are counted now and then.
    System.gc();
    Awaitility.await()
        .until(
            () -> Metrics.text(management),
            text ->
                text.contains("keepwell_accounts{") && text.contains("jvm_gc_pause_seconds_sum"))
        .lines()
        .map(SAMPLE::matcher)
        .filter(Matcher::matches)
        .forEach(
            sample ->
                MEASURED
                    .computeIfAbsent(sample.group(1), first -> new HashSet<>())
                    .addAll(labels(sample.group(2))));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static Set<String> labels(String selector) {
    Set<String> labels = new TreeSet<>();
    LABEL.matcher(selector == null ? "" : selector).results().forEach(r -> labels.add(r.group(1)));
    return labels;
  }

  private static List<String> queries(ObjectMapper format, Path file) throws IOException {
    return format.readTree(Files.readString(file)).findValuesAsText("expr");
  }

  /** What a query names, and a node does not measure. */
  private static Set<String> unknown(String query) {
    Set<String> unknown = new TreeSet<>();
    Set<String> known = new HashSet<>(ITS_LABELS);
    String plain = RANGE.matcher(GROUPING.matcher(query).replaceAll("")).replaceAll("");
    Matcher selectors = SELECTOR.matcher(plain);
    Map<String, Set<String>> selected = new HashMap<>();
    while (selectors.find()) {
      if (!WORDS.contains(selectors.group(1))) {
        selected.put(selectors.group(1), labels(selectors.group(2)));
      }
    }
    selected.forEach(
        (metric, labels) -> {
          Set<String> its = MEASURED.getOrDefault(metric, Set.of());
          if (!MEASURED.containsKey(metric) && !ITS_METRICS.contains(metric)) {
            unknown.add(metric);
          }
          known.addAll(its);
          labels.stream()
              .filter(Predicate.not(its::contains).and(Predicate.not(ITS_LABELS::contains)))
              .forEach(label -> unknown.add(metric + "{" + label + "}"));
        });
    Matcher groupings = GROUPING.matcher(query);
    while (groupings.find()) {
      for (String label : Splitter.on(',').trimResults().split(groupings.group(1))) {
        if (!known.contains(label)) {
          unknown.add("by " + label);
        }
      }
    }
    if (selected.isEmpty()) {
      unknown.add("nothing in " + query);
    }
    return unknown;
  }

  @Test
  void every_query_of_the_dashboard_names_what_is_measured() throws IOException {
    List<String> queries = queries(new ObjectMapper(), DASHBOARD);
    assertThat(queries).hasSizeGreaterThan(30).allSatisfy(q -> assertThat(unknown(q)).isEmpty());
  }

  @Test
  void every_alert_names_what_is_measured_and_says_what_to_do() throws IOException {
    JsonNode rules = new YAMLMapper().readTree(Files.readString(ALERTS)).at("/groups/0/rules");
    assertThat(rules).isNotEmpty();
    for (JsonNode rule : rules) {
      assertThat(unknown(rule.get("expr").asText())).as(rule.get("alert").asText()).isEmpty();
      assertThat(rule.at("/annotations/runbook").asText()).as(rule.toString()).isNotBlank();
      assertThat(rule.at("/annotations/summary").asText()).as(rule.toString()).isNotBlank();
      assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning", "info");
    }
  }

  /** So that something can be drawn of all that is measured here. */
  @Test
  void everything_of_ours_that_is_measured_is_drawn_or_alerted_of() throws IOException {
    String all =
        String.join(" ", queries(new ObjectMapper(), DASHBOARD))
            + String.join(" ", queries(new YAMLMapper(), ALERTS));
    assertThat(MEASURED.keySet())
        .filteredOn(name -> name.startsWith("keepwell_"))
        .map(name -> name.replaceFirst("_(sum|count|max|bucket)$", ""))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(all).contains(name));
  }

  @Test
  void a_query_of_what_is_not_measured_is_found_out() {
    assertThat(unknown("sum(rate(keepwell_signalz_total[5m]))"))
        .containsExactly("keepwell_signalz_total");
    assertThat(unknown("keepwell_signals_total{outcum=\"accepted\"}"))
        .containsExactly("keepwell_signals_total{outcum}");
    assertThat(unknown("sum by (outcum) (rate(keepwell_signals_total{outcome=~\"a.*\"}[1m]))"))
        .containsExactly("by outcum");
    assertThat(unknown("keepwell_reviews_due > 0 and missing")).containsExactly("missing");
    assertThat(unknown("1 > 0")).isNotEmpty();
  }
}
