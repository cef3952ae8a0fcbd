package keepwell.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import keepwell.health.Fault;
import keepwell.playbook.Step.Channel;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PlaybookReaderTest {
  private static final Set<String> TEMPLATES =
      Set.of("alert", "check-in", "escalation", "follow-up", "expansion", "renewal");

  private static final String FAULTLESS =
      """
      {"version": 7, "people": {"dana": "dana@example.com"}, "digestTo": ["dana"], "playbooks": [
        {"key": "a", "name": "A", "trigger": {"from": "green", "to": "red"},
         "when": {"segment": ["smb"]}, "arrAtLeast": 50000, "coolDown": "P7D", "owner": "kim",
         "steps": [
           {"notify": "slack", "template": "alert"},
           {"notify": "email", "to": ["owner", "dana", "cs@example.com"]},
           {"task": "Call", "due": "P1D", "owner": "dana",
            "escalate": {"after": "P2D", "owner": "kim", "steps": [{"notify": "webhook"}]}},
           {"invite": "Talk", "in": "P3D", "minutes": 45},
           {"after": "P7D", "steps": [{"notify": "slack"}]}]}]}
      """;

  private static final String STEP = "playbooks[0].steps";

  private static PlaybookDocument read(String json, Set<Fault> faults) {
    try {
      return PlaybookReader.read(
          new ObjectMapper().readValue(json, Object.class), 1, TEMPLATES, faults);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> faults(String json) {
    Set<Fault> faults = new LinkedHashSet<>();
    read(json, faults);
    return faults.stream().map(fault -> fault.path() + " " + fault.problem()).toList();
  }

  @Test
  void a_faultless_document_is_read_whole() {
    Set<Fault> faults = new LinkedHashSet<>();
    PlaybookDocument document = read(FAULTLESS, faults);
    assertThat(faults).isEmpty();
    assertThat(document.version()).isEqualTo(1);
    assertThat(document.digestAddresses()).containsExactly("dana@example.com");
    assertThat(document.playbooks())
        .containsExactly(
            new Playbook(
                "a",
                "A",
                new Trigger.Transition(Optional.of("green"), Optional.of("red")),
                Map.of("segment", Set.of("smb")),
                OptionalDouble.of(50000),
                7,
                Optional.of("kim"),
                List.of(
                    new Step.Notify(Channel.SLACK, "alert", List.of("owner")),
                    new Step.Notify(
                        Channel.EMAIL, "alert", List.of("owner", "dana", "cs@example.com")),
                    new Step.GiveTask(
                        "Call",
                        1,
                        Optional.of("dana"),
                        Optional.of(
                            new Step.Escalation(
                                2,
                                Optional.of("kim"),
                                List.of(
                                    new Step.Notify(Channel.WEBHOOK, "alert", List.of("owner")))))),
                    new Step.Invite("Talk", 3, 45, List.of("owner")),
                    new Step.FollowUp(
                        7, List.of(new Step.Notify(Channel.SLACK, "alert", List.of("owner")))))));
  }

  static Stream<Arguments> triggers() {
    return Stream.of(
        Arguments.of("{'to': 'red'}", new Trigger.Transition(Optional.empty(), Optional.of("red"))),
        Arguments.of("{'below': 60}", new Trigger.Below(60)),
        Arguments.of("{'drop': 15, 'within': 'P7D'}", new Trigger.Drop(15, 7)),
        Arguments.of("{'in': 'yellow', 'for': 'P14D'}", new Trigger.Spent("yellow", 14, false)),
        Arguments.of(
            "{'in': 'yellow', 'for': 'P14D', 'still': 'declining'}",
            new Trigger.Spent("yellow", 14, true)),
        Arguments.of(
            "{'renewingWithin': 'P60D', 'notIn': 'green'}",
            new Trigger.Renewal(60, Optional.of("green"))),
        Arguments.of("{'renewingWithin': 'P60D'}", new Trigger.Renewal(60, Optional.empty())),
        Arguments.of("{'backTo': 'green', 'within': 'P60D'}", new Trigger.Return("green", 60)));
  }

  private static String triggered(String trigger) {
    return FAULTLESS.replace("{\"from\": \"green\", \"to\": \"red\"}", trigger.replace('\'', '"'));
  }

  @ParameterizedTest
  @MethodSource("triggers")
  void every_kind_of_trigger_is_told_by_its_fields(String json, Trigger trigger) {
    Set<Fault> faults = new LinkedHashSet<>();
    PlaybookDocument document = read(triggered(json), faults);
    assertThat(faults).isEmpty();
    assertThat(document.playbooks().get(0).trigger()).isEqualTo(trigger);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        "{} | trigger has none of from, to, below, drop, in, renewingWithin, backTo and every",
        "{'to': 'red', 'below': 60} | trigger.to is an unknown field",
        "{'from': 'red', 'to': 'red'} | trigger goes from a tier to itself",
        "{'below': 101} | trigger.below is not from 0 to 100",
        "{'below': 0} | trigger.below is not more than 0",
        "{'below': '60'} | trigger.below is not a number",
        "{'drop': 15} | trigger.within is missing",
        "{'drop': 15, 'within': 'P91D'} | trigger.within is not from P1D to P90D",
        "{'in': 'yellow'} | trigger.for is missing",
        "{'in': 'yellow', 'for': '14'} | trigger.for is not a number of days such as P28D",
        "{'in': 'yellow', 'for': 'P14D', 'still': 'rising'} | trigger.still is not one of declining",
        "{'renewingWithin': 'P366D'} | trigger.renewingWithin is not from P1D to P365D",
        "{'backTo': 'green'} | trigger.within is missing",
        "{'backTo': 7, 'within': 'P1D'} | trigger.backTo is not a text",
        "[] | trigger is not an object",
        "null | trigger is missing"
      })
  void every_fault_of_a_trigger_is_named_by_its_path(String trigger, String fault) {
    assertThat(faults(triggered(trigger))).contains("playbooks[0]." + fault);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        // what stands there | what stands instead | the fault
        "\"key\": \"a\", | | playbooks[0].key is missing",
        "\"name\": \"A\" | \"nmae\": \"A\" | playbooks[0].nmae is an unknown field",
        "dana@example.com | dana | people.dana is no e-mail address",
        "\"digestTo\": [\"dana\"] | \"digestTo\": [\"owner\"] | digestTo[0] is neither an e-mail address nor one of people",
        "[\"smb\"] | [] | playbooks[0].when.segment is empty",
        "50000 | -1 | playbooks[0].arrAtLeast is not from 0 to 1000000000000000",
        "P7D\", \"owner | 7d\", \"owner | playbooks[0].coolDown is not a number of days such as P28D",
        "\"slack\", \"template\": \"alert\" | \"fax\" | playbooks[0].steps[0].notify is not one of slack, email, webhook",
        "\"template\": \"alert\" | \"template\": \"x\" | playbooks[0].steps[0].template is not one of alert, check-in, escalation, expansion, follow-up, renewal",
        "\"template\": \"alert\" | \"to\": [\"dana\"] | playbooks[0].steps[0].to is for email only",
        "cs@example.com | cs | playbooks[0].steps[1].to[2] is neither an e-mail address nor one of people nor owner",
        "\"cs@example.com\" | 5 | playbooks[0].steps[1].to[2] is not a text",
        "\"due\": \"P1D\", | | playbooks[0].steps[2].due is missing",
        "\"task\": \"Call\" | \"task\": \"\" | playbooks[0].steps[2].task is empty",
        "\"after\": \"P2D\", \"owner\": \"kim\", \"steps\": [{\"notify\": \"webhook\"}] | \"after\": \"P2D\" | playbooks[0].steps[2].escalate has neither owner nor steps",
        "{\"notify\": \"webhook\"} | {\"task\": \"x\", \"due\": \"P1D\"} | playbooks[0].steps[2].escalate.steps[0].notify is missing",
        "\"in\": \"P3D\", | | playbooks[0].steps[3].in is missing",
        "\"minutes\": 45 | \"minutes\": 0 | playbooks[0].steps[3].minutes is not from 1 to 480",
        "\"invite\": \"Talk\" | \"invite\": \"Talk\", \"task\": \"x\" | playbooks[0].steps[3] has not just one of notify, task, invite and after",
        "{\"notify\": \"slack\"}] | ] | playbooks[0].steps[4].steps is empty",
        "\"after\": \"P7D\" | \"after\": \"P0D\" | playbooks[0].steps[4].after is not from P1D to P365D",
        "\"playbooks\": | \"plays\": | playbooks is missing"
      })
  void every_fault_is_named_by_its_path(String there, String instead, String fault) {
    assertThat(FAULTLESS).contains(there);
    assertThat(faults(FAULTLESS.replace(there, instead == null ? "" : instead))).contains(fault);
  }

  @Test
  void follow_ups_may_be_in_each_other_but_not_without_end() {
    String deep = "{\"notify\": \"slack\"}";
    for (int i = 0; i < 4; i++) {
      deep = "{\"after\": \"P1D\", \"steps\": [%s]}".formatted(deep);
    }
    assertThat(faults(FAULTLESS.replace("{\"notify\": \"slack\"}", deep)))
        .containsExactly(STEP + "[4].steps[0].steps[0].steps[0] is in more than 3 others");
  }

  @Test
  void a_step_knows_when_it_is_done_and_where_it_is() {
    Playbook playbook =
        read(
                FAULTLESS.replace(
                    "{\"notify\": \"slack\"}",
                    """
                    {"notify": "slack"},
                    {"after": "P3D", "steps": [{"notify": "webhook"}]}
                    """),
                new LinkedHashSet<>())
            .playbooks()
            .get(0);
    assertThat(playbook.placed())
        .extracting(Playbook.Placed::path, Playbook.Placed::afterDays, Playbook.Placed::followUp)
        .contains(
            org.assertj.core.api.Assertions.tuple("0", 0, false),
            org.assertj.core.api.Assertions.tuple("4.0", 7, true),
            org.assertj.core.api.Assertions.tuple("4.1.0", 10, true));
    assertThat(playbook.step("4.1.0")).isPresent();
    assertThat(playbook.step("5")).isEmpty();
  }

  @Test
  void those_that_come_with_keepwell_are_faultless() throws IOException {
    assertThat(faults(Files.readString(Path.of("conf/playbooks/default.json")))).isEmpty();
  }

  @Test
  void the_thresholds_are_those_that_are_waited_for() {
    PlaybookDocument document = read(triggered("{'below': 60}"), new LinkedHashSet<>());
    assertThat(document.thresholds()).containsExactly(60.0);
  }
}
