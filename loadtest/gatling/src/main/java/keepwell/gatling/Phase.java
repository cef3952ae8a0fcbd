package keepwell.gatling;

/** A part of a run; names of requests begin with it. */
enum Phase {
  /** In which accounts are set up and the virtual machines compile. It is in no figure. */
  WARM_UP("warm-up "),
  /** Few requests, one after the other: how fast this machine answers today. */
  BASELINE("baseline "),
  LOAD("");

  private final String prefix;

  Phase(String prefix) {
    this.prefix = prefix;
  }

  String prefix() {
    return prefix;
  }
}
