package keepwell.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ScorecardsTest {
  private static final String TIERS = "\"tiers\": [{\"key\": \"red\", \"from\": 0}]";
  private static final String CURVE = "\"points\": 1, \"curve\": [[0, 0], [1, 100]]";

  private static final Scorecards TWO =
      Cases.scorecards(
          Cases.tree(
              """
              {"warnings": "of an earlier answer", "scorecards": [
                {"key": "a", TIERS, "adjustments": [
                  {"key": "x", "signal": "login", "points": 1, "window": "P7D"}]},
                {"key": "b", TIERS,
                 "categories": [{"key": "c", "weight": 1, "metrics": [
                   {"key": "m", CURVE, "measure": {"of": "latest", "signal": "nps"}},
                   {"key": "n", CURVE, "measure": {"of": "users", "signal": "login",
                     "window": "P7D", "per": {"of": "latest", "signal": "seats"}}}]}],
                 "adjustments": [
                   {"key": "x", "signal": "nps", "points": 1, "window": "P7D"},
                   {"key": "y", "signal": "ticket", "points": 1, "window": "P7D"}]}]}
              """
                  .replace("TIERS", TIERS)
                  .replace("CURVE", CURVE)));

  @Test
  void every_place_that_names_a_signal_is_known_by_its_path() {
    assertThat(TWO.signals().entrySet().stream().map(Object::toString))
        .containsExactly(
            "scorecards[0].adjustments[0].signal=login",
            "scorecards[1].categories[0].metrics[0].measure.signal=nps",
            "scorecards[1].categories[0].metrics[1].measure.signal=login",
            "scorecards[1].categories[0].metrics[1].measure.per.signal=seats",
            "scorecards[1].adjustments[0].signal=nps",
            "scorecards[1].adjustments[1].signal=ticket");
  }

  @Test
  void a_signal_that_nobody_has_ever_sent_is_warned_of_wherever_it_is_named() {
    assertThat(TWO.warnings(Set.of("login", "seats", "ticket")))
        .containsExactly(
            new Warning(
                "scorecards[1].categories[0].metrics[0].measure.signal",
                "no account has ever sent the signal \"nps\""),
            new Warning(
                "scorecards[1].adjustments[0].signal",
                "no account has ever sent the signal \"nps\""));
    assertThat(TWO.warnings(Set.of("login", "nps", "seats", "ticket"))).isEmpty();
  }

  @Test
  void of_many_warnings_the_first_hundred_are_given() {
    String adjustments =
        IntStream.range(0, 150)
            .mapToObj(
                i ->
                    "{\"key\": \"%1$d\", \"signal\": \"%1$d\", \"points\": 1, \"window\": \"P7D\"}"
                        .formatted(i))
            .collect(Collectors.joining(","));
    Scorecards many =
        Cases.scorecards(
            Cases.tree(
                "{\"scorecards\": [{\"key\": \"a\", %s, \"adjustments\": [%s]}]}"
                    .formatted(TIERS, adjustments)));
    List<Warning> warnings = many.warnings(Set.of("0"));
    assertThat(warnings).hasSize(Scorecards.WARNINGS_MAX);
    assertThat(warnings.get(0).path()).isEqualTo("scorecards[0].adjustments[1].signal");
  }
}
