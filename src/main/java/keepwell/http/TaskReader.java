package keepwell.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import keepwell.health.Days;
import keepwell.health.Fault;
import keepwell.health.Node;
import keepwell.playbook.Task;
import keepwell.playbook.Tasks;

/** Reads what is to be changed of a task. Every fault is named. */
final class TaskReader {
  private static final int NAME_LENGTH_MAX = 200;
  private static final int NOTE_LENGTH_MAX = 2000;

  private final Days days;

  TaskReader(Days days) {
    this.days = days;
  }

  /**
   * @throws Problem.Raised naming all faults
   */
  Tasks.Patch read(Object json) {
    Set<Fault> faults = new LinkedHashSet<>();
    Node root = Node.root(json, faults).object("state", "owner", "dueAt", "note", "author");
    Node state = root.field("state");
    Node due = root.field("dueAt");
    Tasks.Patch patch =
        new Tasks.Patch(
            state.exists()
                ? Optional.ofNullable(state.oneOf(List.of(Task.State.values()), Json::text))
                : Optional.empty(),
            owner(root.field("owner"), json),
            due.exists() ? dueAt(due) : Optional.empty(),
            optional(root.field("note"), NOTE_LENGTH_MAX),
            optional(root.field("author"), NAME_LENGTH_MAX));
    if (!faults.isEmpty()) {
      throw new Problem.Raised(Problem.ofFaults("invalid-task", faults));
    }
    return patch;
  }

  /** Null stands for nobody. */
  private static Optional<String> owner(Node node, Object json) {
    boolean nobody = json instanceof Map<?, ?> body && body.containsKey("owner") && !node.exists();
    return nobody ? Optional.of("") : optional(node, NAME_LENGTH_MAX);
  }

  private static Optional<String> optional(Node node, int lengthMax) {
    return node.exists() ? Optional.of(node.text(lengthMax)) : Optional.empty();
  }

  /** A day stands for its end. */
  private Optional<Instant> dueAt(Node node) {
    String text = node.text(NAME_LENGTH_MAX);
    Optional<Instant> day =
        Days.read(text).map(date -> days.start(Math.toIntExact(date.toEpochDay()) + 1));
    if (day.isPresent()) {
      return day;
    }
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      if (!text.isEmpty()) {
        node.fault("is neither a date nor an RFC 3339 instant");
      }
      return Optional.empty();
    }
  }
}
