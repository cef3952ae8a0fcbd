package keepwell.journal;

import static keepwell.journal.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
  private final SQLException conflict = new SQLException("it is there", "23505");

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

  private Write add(int rows) {
    return queue.add(Collections.nCopies(rows, row("a", 1)));
  }

  private void fail(Throwable cause) throws InterruptedException {
    add(1);
    queue.failed(queue.take(), cause);
  }

  @Test
  void what_has_gathered_is_taken_at_once_in_its_order() throws InterruptedException {
    Write first = add(1);
    Write second = add(2);
    assertThat(queue.take()).containsExactly(first, second);
  }

  @Test
  void no_more_is_taken_at_once_than_is_good_for_a_commit_but_a_write_is_never_split()
      throws InterruptedException {
    Write first = add(WriteQueue.TAKEN_ROWS_MAX - 1);
    Write second = add(5);
    Write third = add(1);
    assertThat(queue.take()).containsExactly(first, second);
    assertThat(queue.take()).containsExactly(third);
  }

  @Test
  void who_takes_waits_for_the_first() throws Exception {
    CompletableFuture<List<Write>> taken = taking();
    Write write = add(1);
    assertThat(taken.get(10, TimeUnit.SECONDS)).containsExactly(write);
  }

  @Test
  void what_one_thread_leaves_another_takes() throws Exception {
    CompletableFuture<List<Write>> first = taking();
    CompletableFuture<List<Write>> second = taking();
    add(WriteQueue.TAKEN_ROWS_MAX);
    add(1);
    assertThat(first.get(10, TimeUnit.SECONDS)).hasSize(1);
    assertThat(second.get(10, TimeUnit.SECONDS)).hasSize(1);
  }

  private CompletableFuture<List<Write>> taking() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return queue.take();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void once_it_is_closed_what_waits_is_taken_and_nothing_more_is_added() throws Exception {
    Write last = add(1);
    queue.close();
    Write tooLate = add(1);
    assertThat(tooLate.stored().isCompleted()).isTrue();
    assertThat(tooLate.stored().value().get().isFailure()).isTrue();
    assertThat(queue.take()).containsExactly(last);
    assertThat(queue.take()).isEmpty();
  }

  @Test
  void who_waits_when_it_is_closed_is_told()
      throws InterruptedException, ExecutionException, TimeoutException {
    CompletableFuture<List<Write>> taken = taking();
    queue.close();
    assertThat(taken.get(10, TimeUnit.SECONDS)).isEmpty();
  }

  @Test
  void so_many_rows_may_wait_or_be_written() throws InterruptedException {
    add(WriteQueue.ROWS_MAX - 1);
    List<Write> most = queue.take();
    lets_in();
    add(1);
    refuses(Code.BUSY);
    queue.stored(queue.take());
    lets_in();
    Write last = add(1);
    refuses(Code.BUSY);
    queue.take();
    queue.refused(last, conflict);
    lets_in();
    add(1);
    queue.stored(most);
    lets_in();
  }

  @Test
  void so_many_bytes_may_wait_or_be_written() throws InterruptedException {
    queue.add(List.of(row("a", 1, new byte[(int) WriteQueue.BYTES_MAX - 1])));
    lets_in();
    List<Write> large = queue.take();
    queue.add(List.of(row("a", 2, new byte[1])));
    refuses(Code.BUSY);
    queue.stored(large);
    lets_in();
  }

  @Test
  void while_a_write_waits_too_long_to_be_begun_no_more_is_let_in() throws InterruptedException {
    add(2);
    List<Write> first = queue.take();
    pass(Duration.ofMinutes(1)); // it takes its time
    lets_in();
    add(1);
    pass(WriteQueue.WAIT_MAX);
    lets_in();
    pass(Duration.ofNanos(1));
    refuses(Code.BUSY);
    queue.stored(first);
    refuses(Code.BUSY);
    queue.take();
    lets_in();
  }

  @Test
  void after_a_failure_one_write_is_tried_at_a_time_until_one_succeeds()
      throws InterruptedException {
    fail(diskFull);
    assertThat(queue.failing()).isTrue();
    refuses(Code.UNAVAILABLE);
    pass(WriteQueue.TRIAL_INTERVAL);
    lets_in();
    refuses(Code.UNAVAILABLE);
    fail(diskFull);
    pass(WriteQueue.TRIAL_INTERVAL.minusNanos(1));
    refuses(Code.UNAVAILABLE);
    pass(Duration.ofNanos(1));
    lets_in();
    add(1);
    queue.stored(queue.take());
    lets_in();
    lets_in();
    assertThat(queue.failing()).isFalse();
  }

  @Test
  void without_another_try_a_failure_tells_nothing_after_some_seconds()
      throws InterruptedException {
    fail(diskFull);
    pass(Duration.ofSeconds(4));
    assertThat(queue.failing()).isTrue();
    pass(Duration.ofSeconds(1));
    assertThat(queue.failing()).isFalse();
  }

  @Test
  void a_conflict_is_the_fault_of_a_write_and_not_of_the_database() throws InterruptedException {
    add(1);
    queue.refused(queue.take().get(0), conflict);
    lets_in();
    assertThat(queue.failing()).isFalse();
  }

  @Test
  void who_waits_is_told_what_became_of_it() throws InterruptedException {
    Write stored = add(1);
    queue.stored(queue.take());
    Write failed = add(1);
    queue.failed(queue.take(), diskFull);
    Write refused = add(1);
    queue.refused(queue.take().get(0), conflict);
    assertThat(stored.stored().value().get().isSuccess()).isTrue();
    assertThat(failed.stored().value().get().failed().get()).isEqualTo(diskFull);
    assertThat(refused.stored().value().get().failed().get()).isEqualTo(conflict);
  }
}
