package keepwell.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import keepwell.health.Recorded;
import keepwell.health.Refusal;
import keepwell.http.SignalDraft.Rejected;
import keepwell.http.SignalDraft.Taken;

/** Counts what became of the records of one request, as their answers come in. */
final class Tally {
  static final int REJECTED_SHOWN_MAX = 100;

  private final List<Rejected> shown = new ArrayList<>();
  private long accepted;
  private long duplicates;
  private long rejected;
  private Recorded last;

  void add(Rejected record) {
    rejected++;
    if (shown.size() < REJECTED_SHOWN_MAX) {
      shown.add(record);
    }
  }

  void add(List<Taken> batch, Recorded answer) {
    accepted += answer.accepted();
    duplicates += answer.duplicates();
    for (Refusal refusal : answer.refusals()) {
      Taken taken = batch.get(refusal.index());
      add(
          new Rejected(
              taken.index(), taken.id().orElse(null), refusal.field(), Problem.sentence(refusal)));
    }
    last = answer;
  }

  boolean allRejected() {
    return rejected > 0 && accepted == 0 && duplicates == 0;
  }

  /** The last answer of an account; null if there was none. */
  Recorded last() {
    return last;
  }

  /** The public form. */
  Map<String, Object> body() {
    shown.sort(Comparator.comparingInt(Rejected::index));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("accepted", accepted);
    body.put("duplicates", duplicates);
    body.put("rejected", shown);
    body.put("rejectedCount", rejected);
    return body;
  }
}
