package keepwell.dashboard.scorecard;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The paths of a document, in words. */
final class Places {
  private static final Pattern STEP = Pattern.compile("\\.?([^.\\[\\]]+)|\\[(\\d{1,9})]");
  private static final Pattern POINT = Pattern.compile("(curve|steps)\\[(\\d+)](?:\\[([01])])?");

  private Places() {}

  /**
   * Of a path the name of the innermost thing that has one, and what follows: {@code Active users,
   * curve, point 2, score}.
   *
   * @param document may have any faults
   */
  static String words(Object document, String path) {
    String name = "";
    int named = 0;
    Object at = document;
    Matcher step = STEP.matcher(path);
    while (step.find()) {
      at = inside(at, step);
      if (at instanceof Map<?, ?> object
          && (object.get("key") != null || object.get("name") != null)) {
        name = name(object);
        named = step.end();
      }
    }
    String rest = path.substring(Math.min(named, path.length())).replaceFirst("^\\.", "");
    String after = spoken(rest);
    return name.isEmpty() ? after : after.isEmpty() ? name : name + ", " + after;
  }

  private static Object inside(Object at, Matcher step) {
    if (step.group(1) != null) {
      return at instanceof Map<?, ?> object ? object.get(step.group(1)) : null;
    }
    int index = Integer.parseInt(step.group(2));
    return at instanceof List<?> list && index < list.size() ? list.get(index) : null;
  }

  private static String name(Map<?, ?> object) {
    Object name = object.get("name");
    return String.valueOf(
        name instanceof String text && !text.isEmpty() ? text : object.get("key"));
  }

  private static String spoken(String rest) {
    Matcher point = POINT.matcher(rest);
    if (!point.matches()) {
      return rest.replace('.', ' ');
    }
    String number = ", point " + (Integer.parseInt(point.group(2)) + 1);
    String which = point.group(3) == null ? "" : point.group(3).equals("0") ? ", x" : ", score";
    return point.group(1) + number + which;
  }
}
