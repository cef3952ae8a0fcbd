package keepwell.health;

import java.util.Optional;

/** The rule for every name that a caller chooses: how long it may be and what it may hold. */
public final class Text {
  private Text() {}

  /**
   * A name that a caller made up, for a message: itself, or what stands in for one that is unfit.
   */
  public static String shown(String name, String otherwise) {
    return fault(name, Signal.KEY_LENGTH_MAX).isEmpty() ? name : otherwise;
  }

  /**
   * What is wrong with a text, for a message that begins with its field's name.
   *
   * @param lengthMax in Unicode code points
   */
  public static Optional<String> fault(String text, int lengthMax) {
    if (text.isEmpty()) {
      return Optional.of("is empty");
    }
    int length = 0;
    for (int i = 0; i < text.length(); length++) {
      int codePoint = text.codePointAt(i);
      if (Character.isISOControl(codePoint)) {
        return Optional.of("has a control character");
      }
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        return Optional.of("has a lone surrogate");
      }
      i += Character.charCount(codePoint);
    }
    return length > lengthMax
        ? Optional.of("is longer than " + lengthMax + " characters")
        : Optional.empty();
  }
}
