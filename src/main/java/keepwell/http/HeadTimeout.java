package keepwell.http;

import akka.Done;
import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.stream.Attributes;
import akka.stream.BidiShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.javadsl.Flow;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.TimerGraphStageLogic;
import akka.util.ByteString;
import java.time.Duration;

/**
 * Ends a connection whose client does not send a whole head in time, however busily it sends: Akka
 * only ends those that are silent. Time counts while nothing is being answered.
 */
final class HeadTimeout
    extends GraphStage<BidiShape<HttpRequest, HttpRequest, HttpResponse, HttpResponse>> {
  /** In so many parts is the time counted, without a clock and with nothing to do for a request. */
  private static final int TICKS = 10;

  private final Inlet<HttpRequest> requestsIn = Inlet.create("requests.in");
  private final Outlet<HttpRequest> requestsOut = Outlet.create("requests.out");
  private final Inlet<HttpResponse> responsesIn = Inlet.create("responses.in");
  private final Outlet<HttpResponse> responsesOut = Outlet.create("responses.out");
  private final BidiShape<HttpRequest, HttpRequest, HttpResponse, HttpResponse> shape =
      new BidiShape<>(requestsIn, requestsOut, responsesIn, responsesOut);
  private final Duration headTimeMax;

  HeadTimeout(Duration headTimeMax) {
    this.headTimeMax = headTimeMax;
  }

  @Override
  public BidiShape<HttpRequest, HttpRequest, HttpResponse, HttpResponse> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends TimerGraphStageLogic {
    private final AsyncCallback<Done> ended = createAsyncCallback(done -> answered());
    private int underWay;
    private int ticks;

    Logic() {
      super(shape);
      setHandler(
          requestsIn,
          new AbstractInHandler() {
            @Override
            public void onPush() {
              underWay++;
              push(requestsOut, grab(requestsIn));
            }

            @Override
            public void onUpstreamFinish() {
              complete(requestsOut);
            }
          });
      setHandler(
          requestsOut,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              pull(requestsIn);
            }

            @Override
            public void onDownstreamFinish(Throwable cause) {
              cancel(requestsIn, cause);
            }
          });
      setHandler(
          responsesIn,
          new AbstractInHandler() {
            @Override
            public void onPush() {
              push(responsesOut, watched(grab(responsesIn)));
            }

            @Override
            public void onUpstreamFinish() {
              complete(responsesOut);
            }
          });
      setHandler(
          responsesOut,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              pull(responsesIn);
            }

            @Override
            public void onDownstreamFinish(Throwable cause) {
              cancel(responsesIn, cause);
            }
          });
    }

    /** A stream is being answered until it ends. */
    private HttpResponse watched(HttpResponse response) {
      if (!(response.entity() instanceof HttpEntity.Chunked)) {
        answered();
        return response;
      }
      return response.transformEntityDataBytes(
          Flow.<ByteString>create()
              .watchTermination(
                  (unused, end) -> {
                    end.whenComplete((done, failure) -> ended.invoke(Done.getInstance()));
                    return unused;
                  }));
    }

    private void answered() {
      underWay--;
      ticks = 0;
    }

    @Override
    public void preStart() {
      Duration tick = headTimeMax.dividedBy(TICKS).plusMillis(1);
      scheduleWithFixedDelay("tick", tick, tick);
    }

    @Override
    public void onTimer(Object tick) {
      if (underWay == 0 && ++ticks >= TICKS) {
        completeStage();
      }
    }
  }
}
