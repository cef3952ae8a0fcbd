package keepwell.outreach;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import keepwell.outreach.Courier.Letter;
import keepwell.outreach.Delivery.State;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CourierTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final Courier courier = new Courier(new Silent(16));

  /** Sends nothing. */
  private record Silent(int atOnceMax) implements Sender {
    @Override
    public CompletionStage<Attempt> send(Recipient to, String messageId, String body) {
      return new CompletableFuture<>();
    }
  }

  private static Delivery delivery(long id) {
    return new Delivery(
        "w", id, "a" + id, "tier.changed", NOW, State.WAITING, Optional.of(NOW), 0, List.of());
  }

  private static Attempt answered(int status, Duration retryAfter) {
    return Attempt.answered(NOW, Duration.ZERO, status, Optional.ofNullable(retryAfter));
  }

  private boolean end(long id, int status) {
    return courier.end(delivery(id), answered(status, null), NOW, 0);
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      end(i, 500);
    }
  }

  private static Letter letter(long id) {
    return new Letter(delivery(id), "");
  }

  @Test
  void sixteen_messages_are_under_way_at_most() {
    courier.offer(LongStream.range(0, 20).mapToObj(CourierTest::letter).toList());
    for (int i = 0; i < 16; i++) {
      assertThat(courier.next(NOW)).isPresent();
    }
    assertThat(courier.next(NOW)).isEmpty();
    assertThat(courier.holds(delivery(3))).isTrue();
    assertThat(courier.holds(delivery(19))).isTrue();
    end(3, 200);
    assertThat(courier.holds(delivery(3))).isFalse();
    assertThat(courier.next(NOW)).hasValue(letter(16));
    assertThat(courier.next(NOW)).isEmpty();
  }

  @Test
  void one_is_under_way_where_no_more_are_taken() {
    Courier single = new Courier(new Silent(1));
    single.offer(List.of(letter(1), letter(2)));
    assertThat(single.heldMax()).isEqualTo(16);
    assertThat(single.next(NOW)).hasValue(letter(1));
    assertThat(single.next(NOW)).isEmpty();
    single.end(delivery(1), answered(500, null), NOW, 0);
    assertThat(single.next(NOW)).hasValue(letter(2));
    single.end(delivery(2), answered(200, null), NOW, 0);
    assertThat(single.places(NOW)).isEqualTo(1);
  }

  @Test
  void no_more_than_256_are_read_ahead_of_those_under_way() {
    courier.offer(LongStream.range(0, courier.heldMax()).mapToObj(CourierTest::letter).toList());
    assertThat(courier.heldMax()).isEqualTo(256);
    assertThat(courier.wants(NOW)).isFalse();
    for (int i = 0; i < 16; i++) {
      courier.next(NOW);
    }
    assertThat(courier.heldMax()).isEqualTo(16 + 256);
    assertThat(courier.wants(NOW)).isFalse();
  }

  @Test
  void nothing_is_read_until_there_may_be_something() {
    assertThat(courier.wants(NOW)).isTrue();
    courier.exhausted();
    assertThat(courier.wants(NOW)).isFalse();
    courier.expect();
    assertThat(courier.wants(NOW)).isTrue();
    courier.offer(LongStream.range(0, 128).mapToObj(CourierTest::letter).toList());
    assertThat(courier.wants(NOW)).isFalse();
  }

  @Test
  void what_is_ready_may_have_to_be_forgotten() {
    courier.offer(List.of(letter(1), letter(2)));
    courier.next(NOW);
    courier.exhausted();
    courier.reread();
    assertThat(courier.holds(delivery(1))).isTrue(); // it is under way
    assertThat(courier.holds(delivery(2))).isFalse();
    assertThat(courier.wants(NOW)).isTrue();
  }

  @Test
  void whoever_fails_gets_less_and_whoever_recovers_more() {
    fail(1);
    assertThat(courier.places(NOW)).isEqualTo(8);
    fail(4);
    assertThat(courier.places(NOW)).isEqualTo(1);
    end(1, 200);
    assertThat(courier.places(NOW)).isEqualTo(2);
  }

  @Test
  void who_refuses_ten_in_a_row_is_left_alone_and_then_tried_by_one() {
    fail(9);
    assertThat(courier.isFailing()).isFalse();
    fail(1);
    assertThat(courier.isFailing()).isTrue();
    assertThat(courier.failingSince()).hasValue(NOW);
    assertThat(courier.places(NOW.plusSeconds(4))).isZero();
    assertThat(courier.places(NOW.plusSeconds(5))).isEqualTo(1);
    fail(1); // that was under way
    assertThat(courier.places(NOW.plusSeconds(5))).isEqualTo(1);
    courier.end(delivery(1), answered(500, null), NOW.plusSeconds(5), 0);
    assertThat(courier.places(NOW.plusSeconds(14))).isZero();
    assertThat(courier.places(NOW.plusSeconds(15))).isEqualTo(1);
  }

  @Test
  void who_takes_one_after_that_is_told_so() {
    fail(10);
    assertThat(end(1, 204)).isTrue();
    assertThat(courier.isFailing()).isFalse();
    assertThat(courier.failingSince()).isEmpty();
    assertThat(courier.places(NOW)).isEqualTo(2);
    assertThat(end(2, 204)).isFalse();
  }

  @Test
  void who_asks_for_it_is_left_alone() {
    courier.end(delivery(1), answered(503, Duration.ofMinutes(2)), NOW, 0);
    assertThat(courier.places(NOW.plusSeconds(119))).isZero();
    end(2, 200); // that was under way
    assertThat(courier.places(NOW.plusSeconds(119))).isZero();
    assertThat(courier.places(NOW.plusSeconds(120))).isEqualTo(16);
  }
}
