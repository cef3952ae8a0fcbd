package keepwell.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import keepwell.health.Fault;
import keepwell.health.ScorecardReader;
import keepwell.health.Scorecards;
import keepwell.health.Text;
import keepwell.health.Warning;

/** Reads drafts of scorecards: one document, or {@code {"drafts": […]}} with two. */
public final class DraftReader {
  private static final String DRAFTS = "drafts";
  private static final int DRAFTS_MAX = 2;

  private DraftReader() {}

  /**
   * A faultless one, as it was sent and as it was read.
   *
   * @param path in the body; empty if it is all of it
   */
  public record Draft(String path, Map<String, Object> document, Scorecards scorecards) {
    String name() {
      return path.isEmpty() ? "draft" : path;
    }

    /**
     * @param seen the signals that some account has sent
     */
    List<Warning> warnings(Set<String> seen) {
      String before = path.isEmpty() ? "" : path + ".";
      return scorecards.warnings(seen).stream()
          .map(warning -> new Warning(before + warning.path(), warning.problem()))
          .toList();
    }
  }

  /**
   * @throws Problem.Raised naming all faults of all of them
   */
  static List<Draft> read(Object json) {
    Set<Fault> faults = new LinkedHashSet<>();
    List<Draft> drafts =
        json instanceof Map<?, ?> body && body.containsKey(DRAFTS)
            ? several(body, faults)
            : read(Collections.singletonList(json), List.of(""), faults);
    if (!faults.isEmpty()) {
      throw new Problem.Raised(Problem.ofFaults("invalid-scorecards", faults));
    }
    return drafts;
  }

  /**
   * A draft that is the whole body.
   *
   * @throws Problem.Raised naming all faults of it
   */
  static Draft one(Object json) {
    Set<Fault> faults = new LinkedHashSet<>();
    List<Draft> drafts = read(Collections.singletonList(json), List.of(""), faults);
    if (!faults.isEmpty()) {
      throw new Problem.Raised(Problem.ofFaults("invalid-scorecards", faults));
    }
    return drafts.get(0);
  }

  private static List<Draft> several(Map<?, ?> body, Set<Fault> faults) {
    for (Object field : body.keySet()) {
      if (!field.equals(DRAFTS)) {
        faults.add(new Fault(Text.shown((String) field, "field"), "is an unknown field"));
      }
    }
    if (!(body.get(DRAFTS) instanceof List<?> drafts)
        || drafts.isEmpty()
        || drafts.size() > DRAFTS_MAX) {
      faults.add(new Fault(DRAFTS, "is not a list of one or two drafts"));
      return List.of();
    }
    return read(drafts, List.of(DRAFTS + "[0]", DRAFTS + "[1]"), faults);
  }

  private static List<Draft> read(List<?> documents, List<String> paths, Set<Fault> faults) {
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < documents.size(); i++) {
      int before = faults.size();
      Scorecards scorecards = ScorecardReader.readDraft(documents.get(i), paths.get(i), faults);
      if (faults.size() == before && documents.get(i) instanceof Map<?, ?> faultless) {
        Map<String, Object> document = new LinkedHashMap<>();
        faultless.forEach((field, value) -> document.put((String) field, value));
        drafts.add(new Draft(paths.get(i), document, scorecards));
      }
    }
    return drafts;
  }
}
