package keepwell.dashboard.truth;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import keepwell.dashboard.frame.Selection;
import keepwell.http.ValidationQuery;

/**
 * Which outcomes are asked about, and by which scorecards, as the URL of the page has it.
 *
 * @param parameters of the query, none of them empty
 */
record Asked(Map<String, String> parameters) {
  private static final String VERSION = "version";
  private static final List<String> FORM =
      List.of("horizon", "from", "to", "segment", "owner", VERSION);

  /** All that there may be. */
  static List<String> known() {
    List<String> names = new ArrayList<>(ValidationQuery.parameters());
    names.add(VERSION);
    return names;
  }

  /** Without the fields of a form that were left empty. */
  static Asked of(Map<String, String> given) {
    Map<String, String> filled = new TreeMap<>(given);
    filled.values().removeIf(String::isEmpty);
    return new Asked(filled);
  }

  /** The value of a parameter; empty if it is not there. */
  String value(String name) {
    return parameters.getOrDefault(name, "");
  }

  /** The URL of something that is asked so. */
  String url(String path) {
    return parameters.entrySet().stream()
        .map(each -> each.getKey() + "=" + Selection.encoded(each.getValue()))
        .collect(Collectors.joining("&", parameters.isEmpty() ? path : path + "?", ""));
  }

  /** What a form with fields of its own must carry along. */
  Map<String, String> besidesForm() {
    Map<String, String> others = new TreeMap<>(parameters);
    others.keySet().removeAll(FORM);
    return others;
  }

  /** What a calibration is asked by: it is always of the scorecards in force. */
  Map<String, String> ofCalibration() {
    Map<String, String> others = new TreeMap<>(parameters);
    others.remove(VERSION);
    return others;
  }

  /** Whether it leaves out some outcomes. */
  boolean isFiltered() {
    return parameters.keySet().stream()
        .anyMatch(name -> !List.of("horizon", VERSION).contains(name));
  }
}
