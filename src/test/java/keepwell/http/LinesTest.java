package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LinesTest {
  private static final ActorTestKit KIT =
      ActorTestKit.create(ConfigFactory.parseString("akka.actor.provider = local"));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private static List<String> lines(Source<ByteString, ?> bytes) {
    List<String> lines = new ArrayList<>();
    bytes
        .via(Lines.of(10))
        .runWith(Sink.foreach(line -> lines.add(shown(line))), KIT.system())
        .toCompletableFuture()
        .join();
    return lines;
  }

  private static String shown(Lines.Line line) {
    if (line instanceof Lines.Whole whole) {
      return whole.bytes().utf8String();
    }
    return line instanceof Lines.TooLong ? "too long" : "broken off";
  }

  @Test
  void lines_are_the_same_however_the_stream_is_cut() {
    byte[] text =
        "one\r\n\ntwo\n0123456789\n01234567890\nétoile\n\r\nlast"
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      List<ByteString> parts = new ArrayList<>();
      for (int from = 0; from < text.length; ) {
        int to = Math.min(text.length, from + 1 + random.nextInt(12));
        parts.add(ByteString.fromArray(text, from, to - from));
        from = to;
      }
      assertThat(lines(Source.from(parts)))
          .containsExactly("one", "", "two", "0123456789", "too long", "étoile", "", "last");
    }
  }

  @Test
  void a_line_that_breaks_off_with_its_stream_is_none() {
    Source<ByteString, ?> broken =
        Source.from(List.of("whole,1\ncut,12", "gone"))
            .map(
                part -> {
                  if (part.equals("gone")) {
                    throw new IllegalStateException(part);
                  }
                  return ByteString.fromString(part);
                });
    assertThat(lines(broken)).containsExactly("whole,1", "broken off");
  }

  @Test
  void very_many_lines_that_come_at_once_are_all_there() {
    String line = "012345678\n";
    assertThat(lines(Source.single(ByteString.fromString(line.repeat(5_001)))))
        .hasSize(5_001)
        .containsOnly("012345678");
  }

  @Test
  void of_blank_lines_that_come_together_few_are_left() {
    String blank = "\n \n\r\n".repeat(1_000_000);
    assertThat(lines(Source.single(ByteString.fromString("a\n" + blank + "b\n" + blank + "c"))))
        .hasSizeLessThan(1_000)
        .startsWith("a", "")
        .contains("b")
        .endsWith("c");
  }

  @Test
  void an_empty_stream_has_no_line() {
    assertThat(lines(Source.empty())).isEmpty();
    assertThat(lines(Source.single(ByteString.fromString("\n")))).containsExactly("");
  }
}
