package keepwell.demo;

import java.io.PrintStream;
import java.util.Locale;

/** How much is done: a line redrawn on a terminal, elsewhere a new line for every 10 %. */
final class ProgressBar {
  private static final int WIDTH = 40;

  private final PrintStream out;
  private final String label;
  private final long total;
  private final boolean redraws;
  private int tenthsShown;

  @SuppressWarnings("SystemConsoleNull") // where it never is null, files get the redrawn line
  ProgressBar(PrintStream out, String label, long total) {
    this.out = out;
    this.label = label;
    this.total = total;
    this.redraws = System.console() != null;
  }

  void show(long done) {
    int percent = (int) (100 * done / total);
    if (redraws) {
      int filled = WIDTH * percent / 100;
      String bar = "#".repeat(filled) + ".".repeat(WIDTH - filled);
      // what is logged meanwhile begins where the line does, and is longer
      out.printf(Locale.ROOT, "%s [%s] %3d %%\r", label, bar, percent);
      if (done == total) {
        out.println();
      }
      out.flush();
    } else if (percent / 10 > tenthsShown) {
      tenthsShown = percent / 10;
      out.printf(Locale.ROOT, "%s %3d %%%n", label, 10 * tenthsShown);
    }
  }
}
