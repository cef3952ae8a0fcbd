package keepwell.dashboard.scorecard;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** The numbers of a document, which are never rounded. */
final class Numbers {
  private static final double LARGE = 1e12;
  private static final double SMALL = 1e-9;

  private Numbers() {}

  /** For people. */
  static String shown(double number) {
    double size = Math.abs(number);
    if (size >= LARGE || (size > 0 && size < SMALL)) {
      return Double.toString(number).replace('-', '−');
    }
    return new DecimalFormat(
            "#,##0.#################", DecimalFormatSymbols.getInstance(Locale.ROOT))
        .format(new BigDecimal(Double.toString(number)))
        .replace('-', '−');
  }

  /** For a field of a form. */
  static String field(double number) {
    return number == 0
        ? "0"
        : new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
  }

  /** With its sign. */
  static String signed(double number) {
    return (number > 0 ? "+" : "") + shown(number);
  }
}
