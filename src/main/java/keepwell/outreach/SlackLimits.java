package keepwell.outreach;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long what Slack is sent may be: it refuses a message for one part that is longer. Lengths are
 * in UTF-16 units, of which there are never fewer than of what Slack counts.
 */
final class SlackLimits {
  private static final int TEXT_MAX = 40_000;
  private static final int BLOCKS_MAX = 50;
  private static final int HEADER_MAX = 150;
  private static final int SECTION_MAX = 3000;
  private static final int FIELDS_MAX = 10;
  private static final int FIELD_MAX = 2000;
  private static final int BUTTON_MAX = 75;
  private static final int URL_MAX = 3000;
  private static final int BUTTONS_MAX = 25;
  private static final int CONTEXTS_MAX = 10;
  private static final String ELLIPSIS = "…";

  /** The beginning of an escape, or of a link, that goes on after the cut. */
  private static final Pattern TORN = Pattern.compile("(&[a-z]{0,4}|<[^>]*)$");

  private SlackLimits() {}

  /** What is shown where blocks are not. */
  static String text(String text) {
    return cut(text, TEXT_MAX);
  }

  /** Blocks of which Slack takes each; those beyond what it takes are left out. */
  static List<Object> blocks(List<Object> blocks) {
    return blocks.stream()
        .<Object>map(block -> block instanceof Map<?, ?> parts ? fitted(parts) : block)
        .filter(block -> !(block instanceof Map<?, ?> parts && isBare(parts)))
        .limit(BLOCKS_MAX)
        .toList();
  }

  private static Map<String, Object> fitted(Map<?, ?> block) {
    boolean context = "context".equals(block.get("type"));
    int textMax = "header".equals(block.get("type")) ? HEADER_MAX : SECTION_MAX;
    Map<String, Object> fitted = new LinkedHashMap<>();
    block.forEach(
        (name, part) -> {
          switch (String.valueOf(name)) {
            case "text" -> fitted.put("text", text(part, textMax));
            case "fields" -> fitted.put("fields", list(part, FIELDS_MAX, FIELD_MAX));
            case "accessory" -> fitted.put("accessory", text(part, BUTTON_MAX));
            case "elements" ->
                fitted.put(
                    "elements",
                    context
                        ? list(part, CONTEXTS_MAX, SECTION_MAX)
                        : list(part, BUTTONS_MAX, BUTTON_MAX));
            default -> fitted.put(String.valueOf(name), part);
          }
        });
    fitted.values().removeIf(part -> part instanceof Map<?, ?> button && leadsTooFar(button));
    return fitted;
  }

  /** Nothing is left of its buttons. */
  private static boolean isBare(Map<?, ?> block) {
    return List.of().equals(block.get("elements"));
  }

  private static Object list(Object parts, int countMax, int textMax) {
    if (!(parts instanceof List<?> list)) {
      return parts;
    }
    List<Object> fitted = new ArrayList<>();
    list.stream()
        .filter(part -> !(part instanceof Map<?, ?> button && leadsTooFar(button)))
        .limit(countMax)
        .forEach(part -> fitted.add(text(part, textMax)));
    return fitted;
  }

  /** Half of a URL would lead elsewhere. */
  private static boolean leadsTooFar(Map<?, ?> button) {
    return button.get("url") instanceof String url && url.length() > URL_MAX;
  }

  /** A text, or what has one, cut. */
  private static Object text(Object part, int max) {
    if (part instanceof String text) {
      return cut(text, max);
    }
    if (!(part instanceof Map<?, ?> parts)) {
      return part;
    }
    Map<String, Object> fitted = new LinkedHashMap<>();
    parts.forEach(
        (name, one) ->
            fitted.put(String.valueOf(name), "text".equals(name) ? text(one, max) : one));
    return fitted;
  }

  /**
   * The beginning of a text that is too long, not ended within a character, an escape or a link.
   */
  static String cut(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int end = max - ELLIPSIS.length();
    String begin =
        text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    Matcher torn = TORN.matcher(begin);
    return (torn.find() ? begin.substring(0, torn.start()) : begin) + ELLIPSIS;
  }
}
