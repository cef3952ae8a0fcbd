package keepwell.gatling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import keepwell.gatling.Timetable.Part;
import org.junit.jupiter.api.Test;

class TimetableTest {
  @Test
  void requestsAreDueAtASteadyRate() {
    List<Double> due = due(Part.steady(10, 2));
    assertThat(due).hasSize(20);
    assertThat(due.get(0)).isZero();
    assertThat(due.get(10)).isCloseTo(1, within(1e-9));
  }

  @Test
  void thereAreMoreAndMoreWhereTheRateRises() {
    List<Double> due = due(new Part(1, 99, 10));
    assertThat(due).hasSizeBetween(480, 500);
    assertThat(due.stream().filter(seconds -> seconds < 5)).hasSizeBetween(110, 130);
  }

  @Test
  void partsFollowEachOtherAndOneMayBeAPause() {
    List<Double> due = due(Part.steady(0, 30), Part.steady(5, 1), Part.steady(1, 2));
    assertThat(due.get(0)).isEqualTo(30);
    assertThat(due).hasSize(7).isSorted();
    assertThat(due.get(6)).isCloseTo(32, within(1e-9));
  }

  private static List<Double> due(Part... parts) {
    Timetable timetable = new Timetable(Collections.emptyIterator(), List.of(parts));
    List<Double> due = new ArrayList<>();
    for (double next = timetable.nextSeconds(); next >= 0; next = timetable.nextSeconds()) {
      due.add(next);
    }
    return due;
  }
}
