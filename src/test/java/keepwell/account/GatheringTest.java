package keepwell.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import keepwell.account.Gathering.Line;
import keepwell.health.Answer;
import keepwell.health.Recorded;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;
import keepwell.health.Signal;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Signals on their way to their accounts. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class GatheringTest {
  private static final Answer BUSY = Refusal.of(Code.BUSY);
  private static final Line ACME = new Line("acme", false);

  private final Deque<Sent> sent = new ArrayDeque<>();
  private long nanos = Long.MAX_VALUE - 5;
  private final Gathering gathering = new Gathering(this::send, () -> nanos);

  /** A command that was sent, and waits for its answer. */
  private record Sent(Line line, List<Signal> signals, CompletableFuture<Answer> answer) {
    /** The account takes all signals but those with these indexes, which it knows. */
    void take(Integer... duplicates) {
      answer.complete(recorded(signals.size() - duplicates.length, List.of(duplicates)));
    }
  }

  private static Recorded recorded(int accepted, List<Integer> duplicates) {
    return new Recorded(
        accepted, duplicates, List.of(), OptionalDouble.of(50), Optional.of("yellow"));
  }

  private CompletionStage<Answer> send(Line line, List<Signal> signals) {
    Sent command = new Sent(line, signals, new CompletableFuture<>());
    sent.add(command);
    return command.answer();
  }

  private CompletableFuture<Answer> record(Line line, Signal... signals) {
    return gathering.record(line, List.of(signals)).toCompletableFuture();
  }

  private void bring(Line line, Signal... signals) {
    var unused = record(line, signals);
  }

  private static Signal signal(long id) {
    return new Signal("login", 1, Instant.EPOCH, 0, 0, id);
  }

  @Test
  void what_comes_while_some_of_the_account_is_under_way_goes_together() {
    CompletableFuture<Answer> first = record(ACME, signal(1));
    CompletableFuture<Answer> second = record(ACME, signal(2), signal(3));
    CompletableFuture<Answer> third = record(ACME, signal(4));
    Sent alone = sent.remove();
    assertThat(alone.signals()).containsExactly(signal(1));
    assertThat(sent).isEmpty();

    alone.take();
    assertThat(first).isCompletedWithValue(recorded(1, List.of()));
    Sent together = sent.remove();
    assertThat(together.line()).isEqualTo(ACME);
    assertThat(together.signals()).containsExactly(signal(2), signal(3), signal(4));

    together.take(1, 2);
    assertThat(second).isCompletedWithValue(recorded(1, List.of(1)));
    assertThat(third).isCompletedWithValue(recorded(0, List.of(0)));
    assertThat(sent).isEmpty();
  }

  @Test
  void accounts_do_not_wait_for_each_other_nor_do_quiet_signals_for_others() {
    bring(ACME, signal(1));
    bring(new Line("globex", false), signal(2));
    bring(new Line("acme", true), signal(3));
    assertThat(sent)
        .extracting(Sent::line)
        .containsExactly(ACME, new Line("globex", false), new Line("acme", true));
  }

  @Test
  void each_is_told_what_was_refused_of_its_own() {
    bring(ACME, signal(1));
    CompletableFuture<Answer> first = record(ACME, signal(2), signal(3));
    CompletableFuture<Answer> second = record(ACME, signal(4), signal(5));
    sent.remove().take();
    Refusal fourth = new Refusal(Code.SIGNAL_FROM_THE_FUTURE, "at", 3);
    sent.remove()
        .answer()
        .complete(
            new Recorded(3, List.of(), List.of(fourth), OptionalDouble.empty(), Optional.empty()));
    assertThat(((Recorded) first.join()).accepted()).isEqualTo(2);
    assertThat(((Recorded) second.join()).accepted()).isEqualTo(1);
    assertThat(((Recorded) second.join()).refusals())
        .containsExactly(new Refusal(Code.SIGNAL_FROM_THE_FUTURE, "at", 1));
  }

  @Test
  void a_refusal_and_a_failure_are_everybodys() {
    bring(ACME, signal(1));
    CompletableFuture<Answer> refused = record(ACME, signal(2));
    CompletableFuture<Answer> refusedToo = record(ACME, signal(3));
    sent.remove().take();
    CompletableFuture<Answer> failed = record(ACME, signal(4));
    CompletableFuture<Answer> failedToo = record(ACME, signal(5));
    sent.remove().answer().complete(BUSY);
    sent.remove().answer().completeExceptionally(new TimeoutException());
    assertThat(refused).isCompletedWithValue(BUSY);
    assertThat(refusedToo).isCompletedWithValue(BUSY);
    assertThat(failed).isCompletedExceptionally();
    assertThat(failedToo).isCompletedExceptionally();
    bring(ACME, signal(6));
    assertThat(sent).hasSize(1);
  }

  @Test
  void a_command_has_no_more_signals_than_it_may() {
    bring(ACME, signal(1));
    Signal[] many = Collections.nCopies(600, signal(2)).toArray(Signal[]::new);
    bring(ACME, many);
    bring(ACME, many);
    bring(ACME, signal(3));
    sent.remove().take();
    Sent first = sent.remove();
    assertThat(first.signals()).hasSize(600);
    first.take();
    assertThat(sent.remove().signals()).hasSize(601);
  }

  @Test
  void so_many_commands_are_under_way_and_the_rest_waits_in_its_order() {
    List<CompletableFuture<Answer>> all = new ArrayList<>();
    for (int i = 0; i < Gathering.UNDER_WAY_MAX + 3; i++) {
      all.add(record(new Line("account-" + i, false), signal(1)));
    }
    all.add(record(new Line("account-" + Gathering.UNDER_WAY_MAX, false), signal(2)));
    assertThat(sent).hasSize(Gathering.UNDER_WAY_MAX);
    sent.remove().take();
    Sent next = sent.removeLast();
    assertThat(next.line().account()).isEqualTo("account-" + Gathering.UNDER_WAY_MAX);
    assertThat(next.signals()).containsExactly(signal(1), signal(2));
    next.take();
    while (!sent.isEmpty()) {
      sent.remove().take();
    }
    assertThat(all).allMatch(CompletableFuture::isDone);
  }

  @Test
  void once_the_first_has_waited_too_long_for_its_account_no_more_is_let_in_there() {
    bring(ACME, signal(1));
    bring(ACME, signal(2));
    nanos += Gathering.WAIT_MAX.toNanos();
    CompletableFuture<Answer> inTime = record(ACME, signal(3));
    nanos++;
    assertThat(record(ACME, signal(4))).isCompletedWithValue(BUSY);
    assertThat(record(new Line("globex", false), signal(5))).isNotDone();
    sent.remove().take(); // acme's first
    CompletableFuture<Answer> anew = record(ACME, signal(6));
    sent.removeLast().take(); // acme's second and third
    assertThat(inTime).isDone();
    assertThat(anew).isNotDone();
  }

  @Test
  void once_the_first_has_waited_too_long_for_a_turn_no_more_is_let_in_at_all() {
    for (int i = 0; i <= Gathering.UNDER_WAY_MAX; i++) {
      bring(new Line("account-" + i, false), signal(1));
    }
    nanos += Gathering.WAIT_MAX.toNanos() + 1;
    assertThat(record(ACME, signal(1))).isCompletedWithValue(BUSY);
    sent.remove().take();
    assertThat(record(ACME, signal(1))).isNotDone();
  }

  @Test
  void thousands_that_are_refused_at_once_do_not_fill_the_stack() {
    CompletableFuture<Answer> held = new CompletableFuture<>();
    List<Line> asked = new ArrayList<>();
    Gathering refusing =
        new Gathering(
            (line, signals) -> {
              asked.add(line);
              return asked.size() <= Gathering.UNDER_WAY_MAX
                  ? held
                  : CompletableFuture.completedFuture(BUSY);
            },
            () -> nanos);
    List<CompletableFuture<Answer>> all =
        IntStream.range(0, 100_000)
            .mapToObj(i -> refusing.record(new Line("a" + i, false), List.of(signal(1))))
            .map(CompletionStage::toCompletableFuture)
            .toList();
    held.complete(BUSY);
    assertThat(all).allMatch(answer -> answer.isDone() && answer.join().equals(BUSY));
  }
}
