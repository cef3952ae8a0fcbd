package keepwell.dashboard.scorecard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import keepwell.dashboard.scorecard.CurveDrawing.Knot;
import keepwell.dashboard.scorecard.CurveDrawing.Tick;
import keepwell.health.Curve;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CurveDrawingTest {
  private static Curve curve(String fields) {
    return Documents.metric("'measure': {'of': 'latest', 'signal': 'x'}, " + fields).curve();
  }

  private static CurveDrawing drawn(String fields) {
    return CurveDrawing.of(curve(fields), Optional.empty());
  }

  @Test
  void a_curve_is_flat_beyond_its_ends_and_begins_at_zero_if_it_can() {
    CurveDrawing drawing = drawn("'curve': [[0, 20], [43, 100]]");
    assertThat(drawing.line()).isEqualTo("0.0,80.0 877.2,0.0 1000.0,0.0");
    assertThat(drawn("'curve': [[43, 100], [86, 0]]").line())
        .isEqualTo("0.0,0.0 109.4,0.0 890.6,100.0 1000.0,100.0");
  }

  @Test
  void steps_rise_where_they_begin_and_are_zero_before() {
    assertThat(drawn("'steps': [[10, 50], [60, 100]]").line())
        .isEqualTo("0.0,100.0 109.4,100.0 109.4,50.0 890.6,50.0 890.6,0.0 1000.0,0.0");
    assertThat(drawn("'steps': [[-5, 100]]").line())
        .isEqualTo("0.0,100.0 500.0,100.0 500.0,0.0 1000.0,0.0");
  }

  @Test
  void its_points_are_marked_and_labelled_with_what_is_measured() {
    CurveDrawing drawing = drawn("'curve': [[-20, 0], [0, 60], [20, 100]]");
    assertThat(drawing.ticks()).extracting(Tick::label).containsExactly("−20", "0", "20");
    assertThat(drawing.knots()).extracting(Knot::score).containsExactly("", "60", "");
    assertThat(drawing.knots().get(1)).isEqualTo(new Knot(50, 40, "60", "middle"));
  }

  @Test
  void labels_that_have_no_room_are_left_out_but_never_the_last() {
    CurveDrawing drawing =
        drawn("'curve': [[0, 0], [1, 10], [2, 20], [3, 30], [49000, 90], [50000, 100]]");
    assertThat(drawing.ticks()).extracting(Tick::label).containsExactly("0", "50,000");
    assertThat(drawing.knots()).hasSize(6);
  }

  @Test
  void a_logarithm_places_numbers_and_the_numbers_are_told() {
    CurveDrawing drawing = drawn("'curve': [[0, 0], [4.61512, 100]], 'transform': 'log1p'");
    assertThat(drawing.ticks()).extracting(Tick::label).containsExactly("0", "100");
    assertThat(drawing.words())
        .isEqualTo("0 and less scores 0, 100 and more scores 100, by the logarithm between");
  }

  @Test
  void another_curve_is_drawn_on_the_same_axis() {
    CurveDrawing drawing =
        CurveDrawing.of(
            curve("'curve': [[0, 0], [0.7, 100]]"),
            Optional.of(curve("'curve': [[0, 0], [0.8, 100]]")));
    assertThat(drawing.line()).isEqualTo("0.0,100.0 767.5,0.0 1000.0,0.0");
    assertThat(drawing.was()).isEqualTo("0.0,100.0 877.2,0.0 1000.0,0.0");
  }

  @Test
  void the_same_curve_and_one_of_another_scale_are_not_drawn_beside_it() {
    Curve plain = curve("'curve': [[0, 0], [1, 100]]");
    Curve log = curve("'curve': [[0, 0], [1, 100]], 'transform': 'log1p'");
    assertThat(CurveDrawing.of(plain, Optional.of(plain)).was()).isEmpty();
    assertThat(CurveDrawing.of(plain, Optional.of(log)).was()).isEmpty();
  }

  @Test
  void it_is_said_in_words() {
    assertThat(drawn("'curve': [[0, 0], [5, 60], [12, 100]]").words())
        .isEqualTo("0 and less scores 0, 5 scores 60, 12 and more scores 100");
    assertThat(drawn("'steps': [[1, 50], [2.5, 100]]").words())
        .isEqualTo("below 1 scores 0, from 1 on scores 50, from 2.5 on scores 100");
  }
}
