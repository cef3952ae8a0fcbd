package keepwell.http;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import keepwell.health.Fault;
import keepwell.health.Judged;
import keepwell.health.Node;
import keepwell.health.ScorecardReader;
import keepwell.truth.Split;

/** Reads what is to be calibrated by. */
final class CalibrationReader {
  private static final double TRAIN_SHARE = 0.7;
  private static final double TRAIN_SHARE_MIN = 0.05;
  private static final double TRAIN_SHARE_MAX = 0.95;
  private static final int TEXT_LENGTH_MAX = 200;

  private CalibrationReader() {}

  /** What was asked for. */
  record Asked(ValidationQuery query, Split split) {
    Judged.Terms terms() {
      return query.terms(split.label());
    }
  }

  /**
   * @throws Problem.Raised naming all faults
   */
  static Asked read(Object json) {
    Set<Fault> faults = new LinkedHashSet<>();
    Node root = Node.root(json, faults).object("horizon", "from", "to", "when", "split");
    Node horizon = root.field("horizon");
    int horizonDays = horizon.days(ValidationQuery.HORIZON_DAYS_MAX);
    Asked asked =
        new Asked(
            new ValidationQuery(
                horizonDays == 0 ? ValidationQuery.HORIZON_DAYS : horizonDays,
                day(root.field("from")),
                day(root.field("to")),
                ScorecardReader.when(root.field("when"))),
            split(root.field("split")));
    if (faults.isEmpty() && asked.query.isReversed()) {
      root.field("to").fault("is before from");
    }
    if (!faults.isEmpty()) {
      throw new Problem.Raised(Problem.ofFaults("invalid-calibration", faults));
    }
    return asked;
  }

  private static Optional<LocalDate> day(Node node) {
    return node.exists() ? Optional.of(LocalDate.ofEpochDay(node.day())) : Optional.empty();
  }

  private static Split split(Node node) {
    if (node.exists()) {
      node.object("label", "train", "heldOut", "trainShare");
    }
    Node label = node.field("label");
    Node share = node.field("trainShare");
    if (label.exists() && share.exists()) {
      share.fault("is of no use beside a label");
    }
    if (!label.exists()) {
      for (String field : List.of("train", "heldOut")) {
        if (node.field(field).exists()) {
          node.field(field).fault("is of no use without a label");
        }
      }
    }
    Set<String> train = label.exists() ? texts(node.field("train").someElements()) : Set.of();
    List<Node> heldOut = node.field("heldOut").elements();
    heldOut.stream()
        .filter(value -> train.contains(value.text(TEXT_LENGTH_MAX)))
        .forEach(value -> value.fault("is in train too"));
    return new Split(
        label.exists() ? Optional.of(label.text()) : Optional.empty(),
        train,
        texts(heldOut),
        share.number(TRAIN_SHARE_MIN, TRAIN_SHARE_MAX, TRAIN_SHARE));
  }

  private static Set<String> texts(List<Node> nodes) {
    Set<String> texts = new HashSet<>();
    for (Node node : nodes) {
      if (!texts.add(node.text(TEXT_LENGTH_MAX))) {
        node.fault("is not unique");
      }
    }
    return texts;
  }
}
