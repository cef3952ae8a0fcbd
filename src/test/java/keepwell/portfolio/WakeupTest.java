package keepwell.portfolio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import keepwell.health.Answer;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;
import keepwell.health.Reviewed;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** How many accounts are looked at in what time. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WakeupTest {
  private static final CompletionStage<Answer> DUE =
      CompletableFuture.completedFuture(new Reviewed(true));

  /** Passes only where the test lets it, or where somebody rests. */
  private final AtomicLong nanos = new AtomicLong();

  private Wakeup wakeup(int atOnceMax, int perSecondMax) {
    return new Wakeup(atOnceMax, perSecondMax, nanos::get, nanos::addAndGet);
  }

  private static List<String> accounts(int count) {
    return Collections.nCopies(count, "account");
  }

  private long seconds() {
    return TimeUnit.NANOSECONDS.toSeconds(nanos.get());
  }

  @Test
  void no_more_are_looked_at_in_a_second_than_may_be() {
    Wakeup wakeup = wakeup(32, 100);
    for (int i = 0; i < 6; i++) {
      wakeup.all(accounts(50), id -> DUE);
    }
    assertThat(seconds()).isEqualTo(3);
  }

  @Test
  void what_takes_longer_by_itself_is_not_held_up() {
    Wakeup.Outcome outcome = wakeup(32, 100).all(accounts(2), id -> after(1, DUE));
    assertThat(outcome.looked()).isEqualTo(2);
    assertThat(seconds()).isEqualTo(2);
  }

  private CompletionStage<Answer> after(int seconds, CompletionStage<Answer> answer) {
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    return answer;
  }

  @Test
  void where_all_would_take_long_only_the_first_are_looked_at() {
    Wakeup.Outcome outcome = wakeup(32, 100).all(accounts(100), id -> after(1, DUE));
    assertThat(outcome).isEqualTo(new Wakeup.Outcome(3, 3, 0));
    assertThat(seconds()).isEqualTo(3);
  }

  @Test
  void a_second_s_are_taken_at_most_so_that_others_need_not_wait_longer() {
    assertThat(wakeup(32, 100).atMost(250)).isEqualTo(100);
    assertThat(wakeup(32, 5000).atMost(250)).isEqualTo(250);
  }

  @Test
  void only_a_few_are_under_way_at_once() {
    List<CompletableFuture<Answer>> asked = new CopyOnWriteArrayList<>();
    Function<String, CompletionStage<Answer>> question =
        id -> {
          asked.add(new CompletableFuture<>());
          return asked.get(asked.size() - 1);
        };
    CompletableFuture<List<Optional<Answer>>> answers =
        CompletableFuture.supplyAsync(() -> wakeup(3, 100).answers(accounts(10), question));
    for (int answered = 0; answered < 10; answered++) {
      int underWay = Math.min(3, 10 - answered);
      int expected = answered + underWay;
      Awaitility.await().until(() -> asked.size() >= expected);
      assertThat(asked).hasSize(expected);
      asked.get(answered).complete(new Reviewed(false));
    }
    assertThat(answers.join()).hasSize(10).containsOnly(Optional.of(new Reviewed(false)));
  }

  @Test
  void those_that_were_due_and_those_that_failed_by_themselves_are_counted() {
    List<String> accounts = List.of("due", "asleep", "failed", "due");
    Wakeup.Outcome outcome =
        wakeup(2, 100)
            .all(
                accounts,
                id ->
                    id.equals("failed")
                        ? CompletableFuture.failedFuture(new IllegalStateException())
                        : CompletableFuture.completedFuture(new Reviewed(id.equals("due"))));
    assertThat(outcome).isEqualTo(new Wakeup.Outcome(4, 2, 1));
  }

  @Test
  void one_that_cannot_be_read_fails_by_itself() {
    Wakeup.Outcome outcome =
        wakeup(2, 100)
            .all(
                List.of("due", "unreadable"),
                id ->
                    id.equals("due")
                        ? DUE
                        : CompletableFuture.completedFuture(Refusal.of(Code.UNRECOVERED)));
    assertThat(outcome).isEqualTo(new Wakeup.Outcome(2, 1, 1));
  }

  @Test
  void where_one_cannot_be_reached_now_all_are_looked_at_again_later() {
    assertThatThrownBy(
            () ->
                wakeup(2, 100)
                    .all(
                        List.of("due", "refused"),
                        id ->
                            id.equals("due")
                                ? DUE
                                : CompletableFuture.completedFuture(Refusal.of(Code.UNAVAILABLE))))
        .hasMessage("accounts are not reached");
    assertThat(nanos).hasValue(0);
  }
}
