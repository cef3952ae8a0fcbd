package keepwell.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import keepwell.health.Fault;
import keepwell.health.ScorecardReader;
import keepwell.health.Scorecards;

/** Reads drafts of scorecards: one document, or {@code {"drafts": […]}} with two. */
final class DraftReader {
  private static final String DRAFTS = "drafts";
  private static final int DRAFTS_MAX = 2;

  private DraftReader() {}

  /** A faultless one, as it was sent and as it was read. */
  record Draft(Map<String, Object> document, Scorecards scorecards) {}

  /**
   * @throws Problem.Raised naming all faults of all of them
   */
  static List<Draft> read(Object json) {
    if (!(json instanceof Map<?, ?> body && body.containsKey(DRAFTS))) {
      return read(List.of(json), List.of(""));
    }
    if (!(body.get(DRAFTS) instanceof List<?> several)
        || several.isEmpty()
        || several.size() > DRAFTS_MAX
        || body.size() > 1) {
      throw new Problem.Raised(
          Problem.ofFaults(
              "invalid-scorecards",
              List.of(new Fault(DRAFTS, "must be a list of one or two, and all that there is"))));
    }
    return read(several, List.of("drafts[0].", "drafts[1]."));
  }

  private static List<Draft> read(List<?> documents, List<String> paths) {
    Set<Fault> faults = new LinkedHashSet<>();
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < documents.size(); i++) {
      Set<Fault> own = new LinkedHashSet<>();
      Scorecards scorecards = ScorecardReader.read(documents.get(i), 0, Instant.EPOCH, own);
      if (own.isEmpty()) {
        @SuppressWarnings("unchecked") // a faultless document is an object
        Map<String, Object> document = new LinkedHashMap<>((Map<String, Object>) documents.get(i));
        drafts.add(new Draft(document, scorecards));
      }
      String path = paths.get(i);
      own.forEach(fault -> faults.add(new Fault(path + fault.path(), fault.problem())));
    }
    if (!faults.isEmpty()) {
      throw new Problem.Raised(Problem.ofFaults("invalid-scorecards", faults));
    }
    return drafts;
  }
}
