package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.SinkQueueWithCancel;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import keepwell.http.Lines.Line;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SenderTimeoutTest {
  private static final ActorTestKit KIT =
      ActorTestKit.create(ConfigFactory.parseString("akka.actor.provider = local"));

  private static final Line LINE = new Lines.Whole(ByteString.fromString("a"));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  /** What may wait for a line for so many milliseconds. */
  private static SinkQueueWithCancel<Line> lines(Source<Line, ?> sent, int millis) {
    return sent.via(new SenderTimeout(Duration.ofMillis(millis)))
        .runWith(Sink.queue(1), KIT.system());
  }

  private static Line next(SinkQueueWithCancel<Line> lines) {
    return lines.pull().toCompletableFuture().join().orElse(null);
  }

  @Test
  void a_stream_ends_after_its_lines_once_its_sender_lets_it_wait_too_long() {
    var lines = lines(Source.single(LINE).concat(Source.maybe()), 20);
    assertThat(next(lines)).isEqualTo(LINE);
    assertThat(next(lines)).isInstanceOf(Lines.BrokenOff.class);
    assertThat(next(lines)).isNull();
  }

  @Test
  void a_stream_that_waits_for_us_goes_on_however_long_that_takes() {
    var ours = lines(Source.repeat(LINE).take(1000), 20);
    var senders = lines(Source.maybe(), 400);
    assertThat(next(senders)).isInstanceOf(Lines.BrokenOff.class);
    for (int i = 0; i < 1000; i++) {
      assertThat(next(ours)).isEqualTo(LINE);
    }
    assertThat(next(ours)).isNull();
  }
}
