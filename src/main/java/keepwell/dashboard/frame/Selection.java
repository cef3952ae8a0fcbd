package keepwell.dashboard.frame;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
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

  /** Of what is no filter: how the list is shown, and what besides it. */
  private static final List<String> VIEW = List.of(CURSOR, "sort", "limit", "moves");

  /** A filter that is on, and the URL of the list without it. */
  public record Filter(String name, String value, String without) {}

  public Selection {
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
  }

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

  /** The part of its URL that says which it is; empty if there is nothing to say. */
  public String query() {
    return here().substring(1);
  }

  /** The URL of its first page. */
  public String start() {
    return with(CURSOR, "");
  }

  /** The URL of the list with another value of a parameter, or without it, from its beginning. */
  public String with(String name, String value) {
    return and(name, value).here();
  }

  /** The list with another value of a parameter, or without it, from its beginning. */
  public Selection and(String name, String value) {
    Map<String, String> others = besides(List.of(name));
    if (!value.isEmpty()) {
      others.put(name, value);
    }
    return new Selection(others);
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
    return parameters.keySet().stream().anyMatch(name -> !VIEW.contains(name));
  }

  /** What a form with these fields must carry along; it leads to the first page. */
  public Map<String, String> besides(List<String> fields) {
    Map<String, String> others = new TreeMap<>(parameters);
    others.remove(CURSOR);
    others.keySet().removeAll(fields);
    return others;
  }

  /** The URL of this page of the list, with something else shown besides it. */
  public String beside(String name, String value) {
    Map<String, String> others = new TreeMap<>(parameters);
    others.remove(name);
    if (!value.isEmpty()) {
      others.put(name, value);
    }
    return url(others);
  }

  private static String url(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
        .collect(Collectors.joining("&", parameters.isEmpty() ? "/" : "/?", ""));
  }

  /** A text as a part of a URL. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
