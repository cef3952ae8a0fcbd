package keepwell.playbook;

import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.function.Function;
import keepwell.health.Node;

/** Reads what a playbook waits for; the field that is there says which kind it is. */
final class TriggerReader {
  private static final int DAYS_MAX = 365;

  /** As far back as a fall is looked for. */
  private static final int DROP_DAYS_MAX = 90;

  /** By the field that only this kind has. */
  private static final List<Entry<String, Function<Node, Trigger>>> KINDS =
      List.of(
          Map.entry("below", TriggerReader::below),
          Map.entry("drop", TriggerReader::drop),
          Map.entry("in", TriggerReader::spent),
          Map.entry("renewingWithin", TriggerReader::renewal),
          Map.entry("backTo", TriggerReader::back),
          Map.entry("every", TriggerReader::quarter),
          Map.entry("from", TriggerReader::transition),
          Map.entry("to", TriggerReader::transition));

  private TriggerReader() {}

  static Trigger read(Node node) {
    for (Entry<String, Function<Node, Trigger>> kind : KINDS) {
      if (node.field(kind.getKey()).exists()) {
        return kind.getValue().apply(node);
      }
    }
    node.object();
    if (node.exists()) {
      node.fault("has none of from, to, below, drop, in, renewingWithin, backTo and every");
    }
    return new Trigger.Transition(Optional.empty(), Optional.empty());
  }

  private static Trigger transition(Node node) {
    node.object("from", "to");
    Optional<String> from = optionalTier(node.field("from"));
    Optional<String> to = optionalTier(node.field("to"));
    if (from.isPresent() && from.equals(to)) {
      node.fault("goes from a tier to itself");
    }
    return new Trigger.Transition(from, to);
  }

  private static Trigger below(Node node) {
    node.object("below");
    return new Trigger.Below(node.field("below").positive(100));
  }

  private static Trigger drop(Node node) {
    node.object("drop", "within");
    return new Trigger.Drop(
        node.field("drop").positive(100), needed(node.field("within"), DROP_DAYS_MAX));
  }

  private static Trigger spent(Node node) {
    node.object("in", "for", "still");
    Node still = node.field("still");
    if (still.exists()) {
      still.oneOf(List.of("declining"), name -> name);
    }
    return new Trigger.Spent(
        node.field("in").text(), needed(node.field("for"), DAYS_MAX), still.exists());
  }

  private static Trigger renewal(Node node) {
    node.object("renewingWithin", "notIn");
    return new Trigger.Renewal(
        node.field("renewingWithin").days(DAYS_MAX), optionalTier(node.field("notIn")));
  }

  private static Trigger back(Node node) {
    node.object("backTo", "within");
    return new Trigger.Return(node.field("backTo").text(), needed(node.field("within"), DAYS_MAX));
  }

  private static Trigger quarter(Node node) {
    node.object("every");
    node.field("every").oneOf(List.of("quarter"), name -> name);
    return new Trigger.Quarter();
  }

  private static Optional<String> optionalTier(Node node) {
    return node.exists() ? Optional.of(node.text()) : Optional.empty();
  }

  private static int needed(Node period, int max) {
    if (!period.exists()) {
      period.fault("is missing");
    }
    return period.days(max);
  }
}
