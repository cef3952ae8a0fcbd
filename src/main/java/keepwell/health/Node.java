package keepwell.health;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a document that was parsed into maps, lists, texts, numbers and booleans. It reads
 * what it is asked for; whatever is wrong becomes a {@link Fault}, and a harmless value stands in
 * for it, so that all faults are found at once.
 */
public final class Node {
  private static final Pattern PERIOD = Pattern.compile("P(\\d{1,9})D");

  private static final int FAULTS_MAX = 1000;

  private final Object value;

  /** Where it is in the node above; the path is put together only for a fault. */
  private final String step;

  private final Node above;
  private final Set<Fault> faults;

  private Node(Object value, String step, Node above, Set<Fault> faults) {
    this.value = value;
    this.step = step;
    this.above = above;
    this.faults = faults;
  }

  public static Node root(Object value, Set<Fault> faults) {
    return root(value, "", faults);
  }

  /**
   * @param path of the document where it is a part of another one; empty if it is not
   */
  public static Node root(Object value, String path, Set<Fault> faults) {
    return new Node(value, path, null, faults);
  }

  public void fault(String problem) {
    if (faults.size() < FAULTS_MAX) {
      String path = path();
      faults.add(new Fault(path.isEmpty() ? "document" : path, problem));
    }
  }

  private String path() {
    String before = above == null ? "" : above.path();
    return before.isEmpty() || step.startsWith("[") ? before + step : before + "." + step;
  }

  public boolean exists() {
    return value != null;
  }

  /** Checks that it is an object with no other fields than these. */
  public Node object(String... fields) {
    if (!(value instanceof Map<?, ?> map)) {
      fault(value == null ? "is missing" : "is not an object");
      return this;
    }
    Set<String> known = Set.of(fields);
    for (Object key : map.keySet()) {
      if (!known.contains(key)) {
        field(Text.shown((String) key, "field")).fault("is an unknown field");
      }
    }
    return this;
  }

  public Node field(String name) {
    Object child = value instanceof Map<?, ?> map ? map.get(name) : null;
    return new Node(child, name, this, faults);
  }

  /** Its fields, in the order of the document. */
  public List<String> fields() {
    if (value != null && !(value instanceof Map)) {
      fault("is not an object");
    }
    return value instanceof Map<?, ?> map
        ? map.keySet().stream().map(String.class::cast).toList()
        : List.of();
  }

  /** Its elements; none if it is absent. */
  public List<Node> elements() {
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> list)) {
      fault("is not an array");
      return List.of();
    }
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      nodes.add(new Node(list.get(i), "[" + i + "]", this, faults));
    }
    return nodes;
  }

  /** Its elements, of which there must be one at least. */
  public List<Node> someElements() {
    List<Node> elements = elements();
    if (elements.isEmpty() && (value == null || value instanceof List)) {
      fault(value == null ? "is missing" : "is empty");
    }
    return elements;
  }

  public String text() {
    return text(Signal.KEY_LENGTH_MAX);
  }

  public String text(int lengthMax) {
    if (!(value instanceof String text)) {
      fault(value == null ? "is missing" : "is not a text");
      return "";
    }
    Text.fault(text, lengthMax).ifPresent(this::fault);
    return text;
  }

  public String text(String otherwise) {
    return value == null ? otherwise : text();
  }

  public boolean flag(boolean otherwise) {
    if (value != null && !(value instanceof Boolean)) {
      fault("is neither true nor false");
    }
    return value instanceof Boolean flag ? flag : otherwise;
  }

  /** A number from {@code min} to {@code max}. */
  public double number(double min, double max) {
    if (!(value instanceof Number number)) {
      fault(value == null ? "is missing" : "is not a number");
      return min;
    }
    double read = number.doubleValue();
    if (!(read >= min && read <= max)) {
      fault("is not from " + shown(min) + " to " + shown(max));
      return min;
    }
    return read;
  }

  /** A number of more than 0, up to {@code max}. */
  public double positive(double max) {
    double read = number(0, max);
    if (value instanceof Number number && number.doubleValue() == 0) {
      fault("is not more than 0");
    }
    return read;
  }

  public double number(double min, double max, double otherwise) {
    return value == null ? otherwise : number(min, max);
  }

  public OptionalDouble optionalNumber(double min, double max) {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(number(min, max));
  }

  /** A number of days, written {@code P28D}, from 1 to {@code max}; 0 if it is absent. */
  public int days(int max) {
    if (value == null) {
      return 0;
    }
    Matcher period = PERIOD.matcher(value instanceof String text ? text : "");
    if (!period.matches()) {
      fault("is not a number of days such as P28D");
      return 1;
    }
    int days = Integer.parseInt(period.group(1));
    if (days < 1 || days > max) {
      fault("is not from P1D to P" + max + "D");
      return 1;
    }
    return days;
  }

  /** A day written {@code 2026-12-31}, counted from 1970-01-01. */
  public int day() {
    Optional<LocalDate> day = value instanceof String text ? Days.read(text) : Optional.empty();
    if (day.isEmpty()) {
      fault(value == null ? "is missing" : "is not a date such as 2026-12-31");
    }
    return day.map(date -> (int) date.toEpochDay()).orElse(0);
  }

  /** The one of some named things that it names, or null. */
  public <T> T oneOf(List<T> things, Function<T, String> name) {
    for (T thing : things) {
      if (name.apply(thing).equals(value)) {
        return thing;
      }
    }
    if (value == null) {
      fault("is missing");
    } else {
      fault("is not one of " + String.join(", ", things.stream().map(name).toList()));
    }
    return null;
  }

  /** Checks that a key is the first of its kind. */
  public static void unique(List<Node> nodes) {
    Set<Object> seen = new HashSet<>();
    for (Node node : nodes) {
      Node key = node.field("key");
      if (key.exists() && !seen.add(Objects.requireNonNull(key.value))) {
        key.fault("is not unique");
      }
    }
  }

  private static String shown(double bound) {
    return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
  }
}
