package keepwell.http;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.RequestEntity;
import akka.http.javadsl.model.headers.Connection;
import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.javadsl.Sink;
import akka.stream.stage.AbstractInOutHandler;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.TimerGraphStageLogic;
import akka.util.ByteString;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What is left of a body when its request is answered: most clients send all of it before they read
 * the answer, and would find their connection reset. So it is read on and thrown away for some time
 * before the answer is sent; if that was not all, the connection ends with the answer.
 */
final class Leftover extends GraphStage<FlowShape<ByteString, ByteString>> {
  /** A client that is silent for so long waits for the answer. */
  private static final Duration SILENCE_MAX = Duration.ofSeconds(1);

  /** So many times that: together with what a body may take it is less than a request may take. */
  private static final int SILENCES_MAX = 5;

  private final Inlet<ByteString> in = Inlet.create("leftover.in");
  private final Outlet<ByteString> out = Outlet.create("leftover.out");
  private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);
  private final HttpRequest request;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final CompletableFuture<Boolean> whole = new CompletableFuture<>();

  private Leftover(HttpRequest request) {
    this.request = request;
  }

  /** What answers a request. */
  interface Answering {
    CompletionStage<HttpResponse> answer(HttpRequest request);
  }

  /** Answers a request, once what is left of its body has been read. */
  static CompletionStage<HttpResponse> readBefore(
      HttpRequest request, Answering answering, ActorSystem<?> system) {
    if (request.entity() instanceof HttpEntity.Strict) {
      return answering.answer(request);
    }
    Leftover leftover = new Leftover(request);
    return answering
        .answer(request.withEntity(leftover.body()))
        .thenCompose(
            answer ->
                leftover
                    .read(system)
                    .thenApply(
                        whole -> whole ? answer : answer.addHeader(Connection.create("close"))));
  }

  private RequestEntity body() {
    HttpEntity entity = request.entity();
    OptionalLong bytes = entity.getContentLengthOption();
    return bytes.isPresent()
        ? HttpEntities.create(
            entity.getContentType(), bytes.getAsLong(), entity.getDataBytes().via(this))
        : HttpEntities.createChunked(entity.getContentType(), entity.getDataBytes().via(this));
  }

  private CompletionStage<Boolean> read(ActorSystem<?> system) {
    if (!begun.get()) {
      if (request.getHeader("Expect").isPresent()) {
        return CompletableFuture.completedStage(false); // it was never asked for
      }
      request.entity().getDataBytes().via(this).runWith(Sink.cancelled(), system);
    }
    return whole;
  }

  @Override
  public FlowShape<ByteString, ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    begun.set(true);
    return new Logic();
  }

  private final class Logic extends TimerGraphStageLogic {
    private boolean finished;
    private boolean silent;
    private int ticks;

    Logic() {
      super(shape);
      setHandlers(
          in,
          out,
          new AbstractInOutHandler() {
            @Override
            public void onPull() {
              pull(in);
            }

            @Override
            public void onPush() {
              ByteString bytes = grab(in);
              if (isClosed(out)) {
                silent = false;
                pull(in);
              } else {
                push(out, bytes);
              }
            }

            @Override
            public void onUpstreamFinish() {
              finished = true;
              completeStage();
            }

            @Override
            public void onDownstreamFinish(Throwable cause) {
              silent = true;
              scheduleWithFixedDelay("tick", SILENCE_MAX, SILENCE_MAX);
              if (!isClosed(in) && !hasBeenPulled(in)) {
                pull(in);
              }
            }
          });
    }

    @Override
    public void onTimer(Object tick) {
      if (silent || ++ticks >= SILENCES_MAX) {
        completeStage();
      }
      silent = true;
    }

    @Override
    public void postStop() {
      whole.complete(finished);
    }
  }
}
