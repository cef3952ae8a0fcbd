package keepwell.http;

import akka.http.javadsl.model.StatusCodes;
import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.AbstractInOutHandler;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.TimerGraphStageLogic;
import java.time.Duration;
import keepwell.http.Lines.Line;

/**
 * Breaks a stream off whose sender does not finish a line in time. Only while a line is waited for
 * does time count, not while the stream waits for us.
 */
final class SenderTimeout extends GraphStage<FlowShape<Line, Line>> {
  /** In so many parts is the time counted, without a clock. */
  private static final int TICKS = 10;

  private final Inlet<Line> in = Inlet.create("lines.in");
  private final Outlet<Line> out = Outlet.create("lines.out");
  private final FlowShape<Line, Line> shape = FlowShape.of(in, out);
  private final Duration lineTimeMax;

  SenderTimeout(Duration lineTimeMax) {
    this.lineTimeMax = lineTimeMax;
  }

  @Override
  public FlowShape<Line, Line> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private Lines.BrokenOff tooSlow() {
    return new Lines.BrokenOff(
        new Problem.Raised(
            Problem.of(
                StatusCodes.REQUEST_TIMEOUT,
                "too-slow",
                "No line came whole within %s seconds; a blank one would do."
                    .formatted(lineTimeMax.toMillis() / 1000.0))));
  }

  private final class Logic extends TimerGraphStageLogic {
    private int ticks;

    Logic() {
      super(shape);
      setHandlers(
          in,
          out,
          new AbstractInOutHandler() {
            @Override
            public void onPull() {
              ticks = 0;
              pull(in);
            }

            @Override
            public void onPush() {
              push(out, grab(in));
            }
          });
    }

    @Override
    public void preStart() {
      Duration tick = lineTimeMax.dividedBy(TICKS).plusMillis(1);
      scheduleWithFixedDelay("tick", tick, tick);
    }

    @Override
    public void onTimer(Object tick) {
      if (hasBeenPulled(in) && ++ticks >= TICKS) {
        push(out, tooSlow());
        completeStage();
      }
    }
  }
}
