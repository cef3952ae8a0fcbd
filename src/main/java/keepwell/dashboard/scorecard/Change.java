package keepwell.dashboard.scorecard;

/**
 * One thing that differs between two documents of scorecards.
 *
 * @param place of what it belongs to: the keys on the way to it
 * @param where the name of what it belongs to
 * @param what of it is another
 * @param now what it is now; empty if there is nothing more to say
 * @param was what it was; empty if it was not
 */
record Change(String place, String where, String what, String now, String was) {

  /** A sentence without its full stop. */
  String sentence() {
    return where + ": " + told();
  }

  /** The same without what it belongs to. */
  String told() {
    String said = now.isEmpty() ? what : what.isEmpty() ? now : what + " " + now;
    return was.isEmpty() ? said : said + " instead of " + was;
  }
}
