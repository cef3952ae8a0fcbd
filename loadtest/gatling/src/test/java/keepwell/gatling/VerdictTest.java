package keepwell.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final long BASELINE_MILLIS = 20;
  private static final double LIMIT_MILLIS = Request.SIGNAL.limitMillis(BASELINE_MILLIS);

  private final Map<String, Measured> measured = new HashMap<>();

  @Test
  void isGoodWhereTheLoadIsWithinItsLimit() {
    measured.put("baseline signal", took(BASELINE_MILLIS));
    measured.put("signal", took((long) LIMIT_MILLIS - 1));
    assertThat(new Verdict(measured).faults()).isEmpty();
    assertThat(new Verdict(measured).acknowledged()).isEqualTo(200);
  }

  @Test
  void isBadWhereTheLoadIsSlowerThanItsLimit() {
    measured.put("baseline signal", took(BASELINE_MILLIS));
    measured.put("signal", took((long) LIMIT_MILLIS + 1));
    measured.put("signal in the burst", took((long) LIMIT_MILLIS + 1));
    assertThat(faults()).singleElement().asString().startsWith("signal: p95 is");
  }

  @Test
  void isBadWhereAnythingFailedEvenInTheWarmUp() {
    measured.put("baseline signal", took(BASELINE_MILLIS));
    measured.put("signal", took(BASELINE_MILLIS));
    Measured failed = took(1);
    failed.fail();
    measured.put("warm-up labels", failed);
    assertThat(faults()).containsExactly("warm-up labels: 1 failed");
  }

  @Test
  void isBadWithoutABaselineOrALoad() {
    assertThat(faults()).containsExactly("nothing was answered under load");
    measured.put("signal", took(1));
    assertThat(faults()).containsExactly("signal: there is no baseline");
  }

  @Test
  void isBadWhereAcknowledgedSignalsAreNotCountedOnceEach() {
    Measured all = took(BASELINE_MILLIS);
    measured.put("signal", all);
    Verdict verdict = new Verdict(measured);
    assertThat(verdict.miscounted(100)).isEmpty();
    assertThat(verdict.miscounted(99)).singleElement().asString().contains("-1 signals");
    assertThat(verdict.miscounted(101)).singleElement().asString().contains("+1 signals");
    all.fail();
    assertThat(verdict.miscounted(101)).isEmpty();
    assertThat(verdict.miscounted(99)).isNotEmpty();
  }

  @Test
  void isShownAsATableOfWhatWasSent() {
    measured.put("baseline signal", took(10));
    measured.put("signal", took(25));
    measured.put("warm-up signal", took(99));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Verdict(measured).print(new PrintStream(out, true, StandardCharsets.UTF_8));
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .hasSize(3)
        .last()
        .asString()
        .contains("signal", "100", "25.0", "2.5 x");
  }

  private List<String> faults() {
    return new Verdict(measured).faults();
  }

  /** A hundred requests that took so long. */
  private static Measured took(long millis) {
    Measured measured = new Measured();
    for (int i = 0; i < 100; i++) {
      measured.answer(0, TimeUnit.MILLISECONDS.toNanos(millis), 1);
    }
    return measured;
  }
}
