package keepwell.dashboard.truth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What the URL of the page asks about. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AskedTest {
  private static final Asked ASKED =
      Asked.of(Map.of("version", "2", "segment", "a & b", "from", "", "label", "region:emea"));

  @Test
  void fields_that_were_left_empty_are_left_out() {
    assertThat(ASKED.url("/truth"))
        .isEqualTo("/truth?label=region%3Aemea&segment=a%20%26%20b&version=2");
    assertThat(Asked.of(Map.of("from", "")).url("/truth")).isEqualTo("/truth");
  }

  @Test
  void what_the_form_has_no_field_for_is_carried_along() {
    assertThat(ASKED.besidesForm()).containsExactly(Map.entry("label", "region:emea"));
  }

  @Test
  void a_calibration_is_of_the_version_in_force() {
    assertThat(ASKED.ofCalibration()).containsOnlyKeys("label", "segment");
  }

  @Test
  void neither_horizon_nor_version_leaves_outcomes_out() {
    assertThat(ASKED.isFiltered()).isTrue();
    assertThat(Asked.of(Map.of("horizon", "P60D", "version", "2")).isFiltered()).isFalse();
  }

  @Test
  void an_unusual_horizon_is_offered_beside_the_usual_ones() {
    TruthPage page = new TruthPage(0, Asked.of(Map.of("horizon", "P45D")), 2, List.of(), List.of());
    assertThat(page.horizons()).hasSize(6);
    assertThat(page.horizons().stream().filter(TruthPage.Horizon::chosen))
        .extracting(TruthPage.Horizon::days)
        .containsExactly("45 days");
    assertThat(new TruthPage(0, Asked.of(Map.of()), 2, List.of(), List.of()).horizons().get(1))
        .isEqualTo(new TruthPage.Horizon("P30D", "30 days", true));
  }
}
