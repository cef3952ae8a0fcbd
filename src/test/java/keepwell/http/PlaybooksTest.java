package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import keepwell.journal.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When playbooks begin. The clock is the test's; each account's score is its mood. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PlaybooksTest {
  private static final String STEPS = "'steps': [{'task': 'Call', 'due': 'P1D'}]";

  @TempDir Path data;
  private PlaybookNode node;

  @BeforeEach
  void start() {
    node = new PlaybookNode(data, TestDatabase.EMBEDDED);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  /** Puts a playbook with a trigger, and perhaps more, in force. */
  private void when(String trigger) {
    node.put("{'key': 'p', 'trigger': %s, %s}".formatted(trigger, STEPS));
  }

  private List<String> accounts() {
    node.settled();
    return node.runs("p").stream().map(run -> run.get("account").asText()).sorted().toList();
  }

  private JsonNode cause() {
    return node.runs("p", 1).get(0).get("cause");
  }

  @Test
  void a_move_into_a_tier_begins_one_and_a_first_tier_none() {
    when("{'to': 'red'}");
    node.moods("first", 30);
    node.moods("falls", 90, 30);
    node.moods("falls-twice", 90, 60, 30);
    node.moods("rises", 30, 60);
    assertThat(accounts()).containsExactly("falls", "falls-twice");
  }

  @Test
  void a_move_out_of_a_tier_begins_one_wherever_it_leads() {
    when("{'from': 'green'}");
    node.moods("to-yellow", 90, 60);
    node.moods("to-red", 90, 30);
    node.moods("elsewhere", 60, 30);
    assertThat(accounts()).containsExactly("to-red", "to-yellow");
  }

  @Test
  void a_move_from_a_tier_to_another_begins_one_and_no_other_does() {
    when("{'from': 'green', 'to': 'red'}");
    node.moods("at-once", 90, 30);
    node.moods("in-two-steps", 90, 60, 30);
    assertThat(accounts()).containsExactly("at-once");
    assertThat(cause().toString())
        .contains(
            "\"from\":\"green\"", "\"to\":\"red\"", "\"score\":30.0", "\"reason\":\"signal\"");
  }

  @Test
  void a_score_that_falls_below_a_threshold_begins_one_though_it_moves_by_less_than_a_point() {
    when("{'below': 60}");
    node.moods("falls", 60.3, 59.8);
    node.moods("stays-above", 62, 60);
    node.moods("begins-below", 40, 30);
    node.moods("rises", 40, 70);
    assertThat(accounts()).containsExactly("falls");
    assertThat(cause().get("threshold").asDouble()).isEqualTo(60);
  }

  @Test
  void a_score_that_falls_below_a_threshold_by_itself_begins_one() {
    when("{'below': 60}");
    node.portfolio().signals("acme,mood,45", "acme,login,1");
    node.days(3);
    assertThat(accounts()).isEmpty(); // a day that has just begun is not over
    node.days(1);
    assertThat(accounts()).containsExactly("acme");
  }

  @Test
  void a_fall_within_days_begins_one_however_many_steps_it_took() {
    when("{'drop': 15, 'within': 'P3D'}");
    node.moods("at-once", 90);
    node.moods("step-by-step", 90);
    node.moods("slowly", 90);
    node.moods("not-enough", 90);
    node.days(1);
    node.moods("step-by-step", 82);
    node.moods("slowly", 88);
    node.days(2);
    node.moods("at-once", 75);
    node.moods("step-by-step", 74);
    node.moods("not-enough", 76);
    node.days(2);
    node.moods("slowly", 74);
    assertThat(accounts()).containsExactly("at-once", "step-by-step");
  }

  @Test
  void time_spent_in_a_tier_begins_one_on_the_day() {
    when("{'in': 'yellow', 'for': 'P14D'}");
    node.moods("stays", 60);
    node.moods("leaves", 60);
    node.days(13);
    node.moods("leaves", 90);
    assertThat(accounts()).isEmpty();
    node.days(1);
    assertThat(accounts()).containsExactly("stays");
    assertThat(cause().get("days").asInt()).isEqualTo(14);
    node.days(10);
    assertThat(accounts()).containsExactly("stays");
  }

  @Test
  void time_spent_in_a_tier_and_still_declining_begins_one_only_for_who_declines() {
    when("{'in': 'yellow', 'for': 'P14D', 'still': 'declining'}");
    node.moods("declines", 70);
    node.moods("steady", 70);
    node.moods("declined-long-ago", 70, 60);
    node.days(10);
    node.moods("declines", 65);
    node.days(4);
    assertThat(accounts()).containsExactly("declines");
    node.moods("steady", 68);
    assertThat(accounts()).containsExactly("declines", "steady");
  }

  @Test
  void a_renewal_that_is_near_begins_one_for_who_is_not_well() {
    when("{'renewingWithin': 'P60D', 'notIn': 'green'}");
    node.portfolio().signals("soon,renewal-date,2026-05-01", "soon,mood,60");
    node.portfolio().signals("well,renewal-date,2026-05-01", "well,mood,90");
    node.portfolio().signals("far,renewal-date,2026-05-02", "far,mood,60");
    assertThat(accounts()).isEmpty();
    node.days(1);
    assertThat(accounts()).containsExactly("soon");
    assertThat(cause().get("days").asInt()).isEqualTo(60);
    node.moods("well", 60);
    assertThat(accounts()).containsExactly("soon", "well");
  }

  @Test
  void one_that_waits_for_time_to_pass_begins_for_those_who_are_there_already() {
    node.portfolio().signals("acme,renewal-date,2026-03-20", "acme,mood,60");
    node.days(2);
    when("{'renewingWithin': 'P60D', 'notIn': 'green'}");
    node.runs("p", 1);
    assertThat(accounts()).containsExactly("acme");
  }

  @Test
  void a_return_to_a_tier_begins_one_unless_it_was_left_too_long_ago() {
    when("{'backTo': 'green', 'within': 'P3D'}");
    node.moods("soon", 90, 60);
    node.moods("late", 90, 60);
    node.moods("new", 60, 90);
    node.days(3);
    node.moods("soon", 90);
    node.days(1);
    node.moods("late", 90);
    assertThat(accounts()).containsExactly("soon");
  }

  @Test
  void labels_and_worth_limit_for_whom_one_begins() {
    node.put(
        """
        {'key': 'p', 'trigger': {'to': 'red'}, 'when': {'segment': ['smb', 'mid']},
         'arrAtLeast': 50000, %s}
        """
            .formatted(STEPS));
    for (String segment : List.of("smb", "mid", "large")) {
      node.portfolio().labels(segment, "{\"segment\": \"%s\"}".formatted(segment));
      node.portfolio().signals(segment + ",arr,50000");
      node.moods(segment, 90, 30);
    }
    node.portfolio().labels("poor", "{\"segment\": \"smb\"}");
    node.moods("poor", 90, 30);
    assertThat(accounts()).containsExactly("mid", "smb");
  }

  @Test
  void a_backfill_begins_none() {
    when("{'below': 60}");
    node.moods("acme", 90);
    node.portfolio().signals("?quiet=true", List.of("acme,mood,30"));
    assertThat(accounts()).isEmpty();
    node.put("{'key': 'p', 'trigger': {'to': 'green'}, %s}".formatted(STEPS));
    node.portfolio().signals("?quiet=true", List.of("acme,mood,95"));
    assertThat(accounts()).isEmpty();
  }

  @Test
  void a_closed_account_begins_none() {
    when("{'to': 'red'}");
    node.moods("acme", 90);
    assertThat(node.portfolio().send("PUT", "/v1/accounts/acme/closed")).isEqualTo(200);
    node.moods("acme", 30);
    assertThat(accounts()).isEmpty();
  }
}
