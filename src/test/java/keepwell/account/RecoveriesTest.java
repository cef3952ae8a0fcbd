package keepwell.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RecoveriesTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1); // it may overflow
  private final Recoveries recoveries = new Recoveries(nanos::get);

  private void begin(int count) {
    for (int i = 0; i < count; i++) {
      assertThat(recoveries.begin()).isTrue();
    }
  }

  @Test
  void while_the_first_waits_too_long_only_a_few_are_let_in() {
    begin(Recoveries.FREE);
    nanos.addAndGet(Recoveries.WAIT_MAX.toNanos());
    begin(1);
    nanos.addAndGet(1);
    assertThat(recoveries.begin()).isFalse();
    recoveries.end();
    assertThat(recoveries.begin()).isFalse();
    recoveries.end();
    begin(1);
    assertThat(recoveries.begin()).isFalse();
  }

  @Test
  void once_the_first_is_there_more_are_let_in_again() {
    begin(1);
    nanos.addAndGet(Recoveries.WAIT_MAX.toNanos() + 1);
    begin(Recoveries.FREE - 1);
    assertThat(recoveries.begin()).isFalse();
    recoveries.end();
    begin(2);
  }

  @Test
  void no_more_are_let_in_than_so_many_at_once() {
    begin(Recoveries.MAX);
    assertThat(recoveries.begin()).isFalse();
    recoveries.end();
    assertThat(recoveries.begin()).isTrue();
  }
}
