package keepwell.dashboard.frame;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import keepwell.portfolio.AccountQuery;

/**
 * Which accounts the list shows, and in which order, as its URL has it; and the URLs of others.
 *
 * @param parameters of the query, none of them empty
 */
public record Selection(Map<String, String> parameters) {
  private static final String CURSOR = "cursor";
  private static final List<String> FORM = List.of("q", "below", "renewingWithin", "sort");

  /** A filter that is on, and the URL of the list without it. */
  public record Filter(String name, String value, String without) {}

  public static Selection none() {
    return new Selection(Map.of());
  }

  /** The value of a parameter; empty if it is not there. */
  public String value(String name) {
    return parameters.getOrDefault(name, "");
  }

  /** The URL of this list, from its beginning unless it has a cursor. */
  public String here() {
    return url(parameters);
  }

  /** The URL of its first page. */
  public String start() {
    return with(CURSOR, "");
  }

  /** The URL of the list with another value of a parameter, or without it, from its beginning. */
  public String with(String name, String value) {
    Map<String, String> others = new TreeMap<>(parameters);
    others.remove(CURSOR);
    others.remove(name);
    if (!value.isEmpty()) {
      others.put(name, value);
    }
    return url(others);
  }

  /** The URL of the page after a cursor. */
  public String page(String cursor) {
    Map<String, String> others = new TreeMap<>(parameters);
    others.put(CURSOR, cursor);
    return url(others);
  }

  public boolean isFirstPage() {
    return !parameters.containsKey(CURSOR);
  }

  /** Sorted by what comes first, e.g. {@code -arr}. */
  public String sort() {
    return parameters.getOrDefault("sort", "score");
  }

  /** The URL of the list sorted by a key; the other way round if it is sorted so already. */
  public String sortedBy(String key) {
    String reverse = key.startsWith("-") ? key.substring(1) : "-" + key;
    return with("sort", sort().equals(key) ? reverse : key);
  }

  /** How it is sorted by a key, in the words of ARIA. */
  public String ariaSort(String key) {
    String first = sort().split(",", -1)[0];
    if (first.equals(key)) {
      return "ascending";
    }
    return first.equals("-" + key) ? "descending" : null;
  }

  /** The labels by which it is filtered. */
  public List<Filter> labels() {
    return AccountQuery.LABELS.stream()
        .filter(parameters::containsKey)
        .map(label -> new Filter(label, value(label), with(label, "")))
        .toList();
  }

  public boolean isFiltered() {
    return parameters.keySet().stream()
        .anyMatch(name -> !List.of(CURSOR, "sort", "limit").contains(name));
  }

  /** What a form with fields of its own must carry along. */
  public Map<String, String> besidesForm() {
    Map<String, String> others = new TreeMap<>(parameters);
    others.remove(CURSOR);
    others.keySet().removeAll(FORM);
    return others;
  }

  private static String url(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(each -> each.getKey() + "=" + encoded(each.getValue()))
        .collect(Collectors.joining("&", parameters.isEmpty() ? "/" : "/?", ""));
  }

  /** A text as a part of a URL. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
