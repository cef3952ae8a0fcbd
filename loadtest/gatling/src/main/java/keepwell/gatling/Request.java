package keepwell.gatling;

/**
 * What is sent, each under a name of its own, and how much slower it may be under load than its
 * baseline was: 95 of 100 are answered within {@code slower} times the time that 95 of 100 of the
 * baseline took, and {@link #FLOOR_MILLIS}.
 *
 * <p>What is alike for all: client, node and database share two cores, so that what is answered in
 * 5 ms alone takes twice as long where they are half busy, and once more where collections of
 * garbage, snapshots and the compaction of the journal's file come between. Machines with
 * neighbours have shown a seventh of their speed within a run. More than {@link #BUSY} times as
 * long is neither.
 */
enum Request {
  SIGNAL("signal", Way.POST),
  /** Three times as many: nearly all that two cores can do, and so they queue. */
  SIGNAL_IN_BURST("signal in the burst", Way.POST, 30),
  /** A burst leaves nothing behind. */
  SIGNAL_AFTER_BURST("signal after the burst", Way.POST),
  SIGNALS("array of signals", Way.POST),
  /** Its baseline has the whole machine for seconds; now several share it. */
  STREAM("stream", Way.POST_STREAM),
  /** The same. */
  ZIPPED_STREAM("stream with gzip", Way.POST_ZIPPED_STREAM),
  LABELS("labels", Way.PUT),
  OVERRIDE("override", Way.PUT),
  ACCOUNT("account", Way.GET),
  ACCOUNT_AS_OF("account as of a day", Way.GET),
  HISTORY("history", Way.GET),
  LIST("list", Way.GET_PAGES),
  PORTFOLIO("portfolio", Way.GET);

  private static final double BUSY = 10;

  /**
   * What a stall makes of p95: a second in twenty in which the machine does something else, or a
   * collection of all garbage. A baseline is too short to have its share of them.
   */
  static final int FLOOR_MILLIS = 200;

  private final String label;
  private final Way way;
  private final double slower;

  /** How it is sent. */
  enum Way {
    POST,
    POST_STREAM,
    POST_ZIPPED_STREAM,
    PUT,
    GET,
    GET_PAGES
  }

  Request(String label, Way way) {
    this(label, way, BUSY);
  }

  Request(String label, Way way, double slower) {
    this.label = label;
    this.way = way;
    this.slower = slower;
  }

  Way way() {
    return way;
  }

  /** Its name in a phase. */
  String name(Phase phase) {
    return phase.prefix() + label;
  }

  /** The name of what it is compared with. */
  String baseline() {
    return (ofBurst() ? SIGNAL : this).name(Phase.BASELINE);
  }

  /** Whether it may be refused and sent again: by a node that is cold, and in a burst. */
  boolean refusable(Phase phase) {
    return phase == Phase.WARM_UP || ofBurst();
  }

  private boolean ofBurst() {
    return this == SIGNAL_IN_BURST || this == SIGNAL_AFTER_BURST;
  }

  /** What 95 of 100 may take, where those of the baseline took so long. */
  double limitMillis(double baselineMillis) {
    return slower * baselineMillis + FLOOR_MILLIS;
  }
}
