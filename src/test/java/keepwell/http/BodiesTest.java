package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.RequestEntity;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BodiesTest {
  private static final int BYTES_MAX = 10;
  private static final int INTAKE = 1000;
  private static final Server.Limits LIMITS =
      new Server.Limits(
          BYTES_MAX,
          10,
          8,
          9,
          Duration.ofSeconds(1),
          Duration.ofMillis(50),
          Duration.ofSeconds(1),
          1,
          1);
  private static ActorTestKit kit;

  private final Intake intake = new Intake(INTAKE);
  private final Bodies bodies =
      new Bodies(kit.system(), LIMITS, new JsonReader(8), new Inflation(9), intake);

  @BeforeAll
  static void start() {
    kit = ActorTestKit.create();
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  private static RequestEntity entity(String text, boolean whole) {
    ByteString body = ByteString.fromString(text);
    return whole
        ? HttpEntities.create(ContentTypes.APPLICATION_JSON, body)
        : HttpEntities.createChunked(
            ContentTypes.APPLICATION_JSON, Source.from(List.of(body.take(4), body.drop(4))));
  }

  private CompletableFuture<Object> json(String text, boolean whole) {
    return json(entity(text, whole)).toCompletableFuture();
  }

  private CompletableFuture<Object> json(RequestEntity entity) {
    return bodies.json(HttpRequest.create().withEntity(entity)).toCompletableFuture();
  }

  @Test
  void a_body_that_is_not_there_in_time_takes_nothing_once_it_is_refused() {
    Source<ByteString, ?> begun = Source.single(ByteString.fromString("[1,"));
    CompletableFuture<Object> json =
        json(
            HttpEntities.createChunked(
                ContentTypes.APPLICATION_JSON, begun.concat(Source.maybe())));
    assertThat(catchThrowable(json::join)).hasMessageContaining("not there within 0.05 seconds");
    assertNothingIsTaken();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_body_that_is_too_large_takes_nothing_once_it_is_refused(boolean whole) {
    CompletableFuture<Object> json = json("[1,2,3,4,5]", whole);
    assertThat(catchThrowable(json::join).getCause()).isInstanceOf(Problem.Raised.class);
    assertNothingIsTaken();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_body_that_is_just_not_too_large_takes_nothing_once_it_is_read(boolean whole) {
    assertThat(json("[1,2,3,45]", whole).join()).isEqualTo(List.of(1, 2, 3, 45));
    assertNothingIsTaken();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_body_for_which_there_is_no_room_takes_nothing_once_it_is_refused(boolean whole) {
    try (Intake.Share others = intake.share()) {
      others.require(INTAKE);
      CompletableFuture<Object> json = json("[1]", whole);
      assertThat(catchThrowable(json::join).getCause()).isInstanceOf(Problem.Raised.class);
    }
    assertNothingIsTaken();
  }

  private void assertNothingIsTaken() {
    try (Intake.Share share = intake.share()) {
      assertThat(share.take(INTAKE)).isTrue();
    }
  }
}
