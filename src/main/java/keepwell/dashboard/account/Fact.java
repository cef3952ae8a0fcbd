package keepwell.dashboard.account;

/**
 * Something that fits into a line.
 *
 * @param url of all that share it; empty for none
 */
record Fact(String name, String value, String url) {
  Fact(String name, String value) {
    this(name, value, "");
  }
}
