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

  @Test
  void no_more_are_let_in_while_the_first_waits_too_long() {
    assertThat(recoveries.begin()).isTrue();
    nanos.addAndGet(Recoveries.WAIT_MAX.toNanos());
    assertThat(recoveries.begin()).isTrue();
    nanos.addAndGet(1);
    assertThat(recoveries.begin()).isFalse();
    recoveries.end();
    assertThat(recoveries.begin()).isTrue();
    nanos.addAndGet(Recoveries.WAIT_MAX.toNanos());
    assertThat(recoveries.begin()).isFalse();
    recoveries.end();
    recoveries.end();
    assertThat(recoveries.begin()).isTrue();
  }

  @Test
  void no_more_are_let_in_than_so_many_at_once() {
    for (int i = 0; i < Recoveries.MAX; i++) {
      assertThat(recoveries.begin()).isTrue();
    }
    assertThat(recoveries.begin()).isFalse();
    recoveries.end();
    assertThat(recoveries.begin()).isTrue();
  }
}
