package keepwell.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;
import keepwell.journal.WriteQueue.Write;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class WriteQueueTest {
  private final SQLException diskFull = new SQLException("no space left", "53100");

  private final AtomicLong nanos = new AtomicLong(-5);
  private final WriteQueue queue = new WriteQueue(nanos::get);

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private void lets_in() {
    assertThat(queue.refusal()).isEmpty();
  }

  private void refuses(Code code) {
    assertThat(queue.refusal()).map(Refusal::code).hasValue(code);
  }

  @Test
  void so_many_rows_may_wait_or_be_written() {
    Write most = queue.queued(WriteQueue.ROWS_MAX - 1, 1);
    queue.begun(WriteQueue.ROWS_MAX - 1);
    lets_in();
    Write last = queue.queued(1, 1);
    refuses(Code.BUSY);
    queue.stored(last);
    lets_in();
    queue.queued(1, 1);
    refuses(Code.BUSY);
    queue.failed(most, new SQLException("conflict", "23505"));
    lets_in();
  }

  @Test
  void so_many_bytes_may_wait_or_be_written() {
    Write large = queue.queued(1, WriteQueue.BYTES_MAX);
    queue.begun(1);
    refuses(Code.BUSY);
    queue.stored(large);
    lets_in();
  }

  @Test
  void while_a_write_waits_too_long_to_be_begun_no_more_is_let_in() {
    Write first = queue.queued(2, 10);
    queue.begun(2);
    pass(Duration.ofMinutes(1)); // it takes its time
    lets_in();
    Write second = queue.queued(1, 10);
    Write third = queue.queued(3, 10);
    pass(WriteQueue.WAIT_MAX);
    lets_in();
    pass(Duration.ofNanos(1));
    refuses(Code.BUSY);
    queue.begun(1);
    refuses(Code.BUSY);
    queue.begun(3);
    lets_in();
    queue.stored(first);
    queue.stored(second);
    queue.stored(third);
  }

  @Test
  void a_write_that_could_not_even_be_queued_holds_nobody_up() {
    Write dropped = queue.queued(1, 10);
    queue.queued(1, 10);
    queue.failed(dropped, new SQLException("conflict", "23505"));
    pass(WriteQueue.WAIT_MAX.plusNanos(1));
    refuses(Code.BUSY); // the other one waits
    queue.begun(1);
    lets_in();
  }

  @Test
  void a_write_that_could_not_even_be_queued_is_not_waited_for() {
    queue.failed(queue.queued(1, 10), new SQLException("conflict", "23505"));
    pass(WriteQueue.WAIT_MAX.plusNanos(1));
    lets_in();
  }

  @Test
  void a_write_that_could_not_even_be_queued_is_not_among_those_that_are_begun() {
    Write dropped = queue.queued(1, 10);
    queue.queued(1, 10);
    queue.failed(dropped, new SQLException("conflict", "23505"));
    queue.begun(1);
    pass(WriteQueue.WAIT_MAX.plusNanos(1));
    lets_in();
  }

  @Test
  void after_a_failure_one_write_is_tried_at_a_time_until_one_succeeds() {
    queue.failed(queue.queued(1, 10), diskFull);
    assertThat(queue.failing()).isTrue();
    refuses(Code.UNAVAILABLE);
    pass(WriteQueue.TRIAL_INTERVAL);
    lets_in();
    refuses(Code.UNAVAILABLE);
    queue.failed(queue.queued(1, 10), diskFull);
    pass(WriteQueue.TRIAL_INTERVAL.minusNanos(1));
    refuses(Code.UNAVAILABLE);
    pass(Duration.ofNanos(1));
    lets_in();
    queue.stored(queue.queued(1, 10));
    lets_in();
    lets_in();
    assertThat(queue.failing()).isFalse();
  }

  @Test
  void without_another_try_a_failure_tells_nothing_after_some_seconds() {
    queue.failed(queue.queued(1, 10), diskFull);
    pass(Duration.ofSeconds(4));
    assertThat(queue.failing()).isTrue();
    pass(Duration.ofSeconds(1));
    assertThat(queue.failing()).isFalse();
  }

  @Test
  void a_conflict_is_the_fault_of_a_write_and_not_of_the_database() {
    queue.failed(queue.queued(1, 10), new BatchUpdateException("twice", "23505", new int[0]));
    lets_in();
    assertThat(queue.failing()).isFalse();
  }
}
