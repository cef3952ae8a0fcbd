package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class IntakeTest {
  private final Intake intake = new Intake(100);

  @Test
  void all_requests_together_take_no_more_than_there_is() {
    try (Intake.Share one = intake.share();
        Intake.Share other = intake.share()) {
      assertThat(one.take(60)).isTrue();
      assertThat(other.take(41)).isFalse();
      assertThat(other.take(40)).isTrue();
      one.give(10);
      assertThat(other.take(10)).isTrue();
      assertThat(one.take(1)).isFalse();
    }
  }

  @Test
  void what_a_request_has_taken_is_there_again_when_it_ends() {
    try (Intake.Share ended = intake.share()) {
      ended.require(70);
      ended.give(30);
      assertThat(ended.take(61)).isFalse();
    }
    try (Intake.Share next = intake.share()) {
      assertThat(next.take(100)).isTrue();
    }
  }

  @Test
  void who_needs_more_than_there_is_is_overloaded() {
    try (Intake.Share share = intake.share()) {
      assertThatThrownBy(() -> share.require(101)).isInstanceOf(Problem.Raised.class);
      share.require(100);
    }
  }

  @Test
  void sixteen_streams_have_room_however_little_there_is() {
    assertThat(new Intake(1L << 40).groupMax()).isEqualTo(20_000);
    assertThat(new Intake(16 * 2 * 100 * Intake.RECORD_BYTES).groupMax()).isEqualTo(100);
    assertThat(intake.groupMax()).isEqualTo(1);
  }
}
