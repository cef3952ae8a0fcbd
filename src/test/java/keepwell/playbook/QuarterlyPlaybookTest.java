package keepwell.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import keepwell.health.Fault;
import keepwell.playbook.Step.Channel;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A playbook that concerns no account. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class QuarterlyPlaybookTest {
  private static final String FAULTLESS =
      """
      {"people": {"dana": "dana@example.com"}, "playbooks": [
        {"key": "q", "trigger": {"every": "quarter"}, "steps": [
          {"notify": "slack", "template": "recalibration"},
          {"notify": "email", "to": ["dana", "cs@example.com"]}]}]}
      """;

  private static PlaybookDocument read(String json, Set<Fault> faults) {
    try {
      return PlaybookReader.read(
          new ObjectMapper().readValue(json, Object.class), 1, Set.of("alert"), faults);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void it_notifies_and_nothing_else() {
    Set<Fault> faults = new LinkedHashSet<>();
    PlaybookDocument document = read(FAULTLESS, faults);
    assertThat(faults).isEmpty();
    assertThat(document.tiers()).isEmpty();
    assertThat(document.playbooks())
        .containsExactly(
            new Playbook(
                "q",
                "q",
                new Trigger.Quarter(),
                Map.of(),
                OptionalDouble.empty(),
                0,
                Optional.empty(),
                List.of(
                    new Step.Notify(Channel.SLACK, "recalibration", List.of()),
                    new Step.Notify(
                        Channel.EMAIL, "recalibration", List.of("dana", "cs@example.com")))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        // what stands there | what stands instead | the fault
        "\"quarter\" | \"month\" | trigger.every is not one of quarter",
        "\"quarter\" | 3 | trigger.every is not one of quarter",
        "\"quarter\" | \"quarter\", \"for\": \"P1D\" | trigger.for is an unknown field",
        "\"every\" | \"to\": \"red\", \"every\" | trigger.to is an unknown field",
        "\"steps\" | \"when\": {\"segment\": [\"smb\"]}, \"steps\" | when is for accounts only",
        "\"steps\" | \"arrAtLeast\": 0, \"steps\" | arrAtLeast is for accounts only",
        "\"steps\" | \"coolDown\": \"P1D\", \"steps\" | coolDown is for accounts only",
        "\"steps\" | \"owner\": \"dana\", \"steps\" | owner is for accounts only",
        "\"steps\" | \"stpes\" | steps is missing",
        "\"slack\" | \"webhook\" | steps[0].notify is not one of slack, email",
        "\"recalibration\" | \"alert\" | steps[0].template is not one of recalibration",
        "\"template\": \"recalibration\" | \"to\": [\"dana\"] | steps[0].to is for email only",
        "\"template\" | \"after\": \"P1D\", \"template\" | steps[0].after is an unknown field",
        "\"notify\": \"slack\", \"template\": \"recalibration\" | \"task\": \"x\", \"due\": \"P1D\" | steps[0].task is an unknown field",
        "\"notify\": \"slack\", \"template\": \"recalibration\" | \"invite\": \"x\", \"in\": \"P1D\" | steps[0].notify is missing",
        "\"notify\": \"slack\", \"template\": \"recalibration\" | \"after\": \"P1D\", \"steps\": [] | steps[0].notify is missing",
        ", \"to\": [\"dana\", \"cs@example.com\"] | | steps[1].to is missing",
        "\"dana\", \"cs | \"owner\", \"cs | steps[1].to[0] is neither an e-mail address nor one of people",
        "[\"dana\", \"cs@example.com\"] | [] | steps[1].to is empty"
      })
  void every_fault_is_named_by_its_path(String there, String instead, String fault) {
    assertThat(FAULTLESS).contains(there);
    Set<Fault> faults = new LinkedHashSet<>();
    read(FAULTLESS.replace(there, instead == null ? "" : instead), faults);
    assertThat(faults)
        .extracting(one -> one.path() + " " + one.problem())
        .contains("playbooks[0]." + fault);
  }

  @Test
  void its_template_is_for_no_other_playbook() {
    Set<Fault> faults = new LinkedHashSet<>();
    read(FAULTLESS.replace("\"every\": \"quarter\"", "\"to\": \"red\""), faults);
    assertThat(faults)
        .containsExactly(new Fault("playbooks[0].steps[0].template", "is not one of alert"));
  }
}
