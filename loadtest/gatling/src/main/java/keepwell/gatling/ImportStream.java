package keepwell.gatling;

import java.util.List;
import keepwell.gatling.Timetable.Part;

/** Streams of {@value Traffic#STREAM_LINES} signals, some zipped, beside few single signals. */
public final class ImportStream extends PhasedSimulation {
  private static final int SINGLES_PER_SECOND = 50;
  private static final List<Request> STREAMS =
      List.of(Request.STREAM, Request.STREAM, Request.ZIPPED_STREAM);

  public ImportStream() {
    super(2, 90);
    begin(
        STREAMS,
        List.of(Request.SIGNAL, Request.STREAM, Request.ZIPPED_STREAM),
        1,
        load("import", STREAMS, Part.steady(perSecond(), seconds())),
        load("beside it", List.of(Request.SIGNAL), Part.steady(SINGLES_PER_SECOND, seconds())));
  }
}
