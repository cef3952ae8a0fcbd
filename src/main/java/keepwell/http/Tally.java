package keepwell.http;

import akka.http.javadsl.model.StatusCodes;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import keepwell.health.Recorded;
import keepwell.health.Refusal;
import keepwell.http.Entry.BrokenOff;
import keepwell.http.Entry.Rejected;
import keepwell.http.Entry.Taken;

/** Counts what became of the records of one request, as their answers come in, from anywhere. */
final class Tally {
  static final int REJECTED_SHOWN_MAX = 100;

  private static final Comparator<Rejected<?>> BY_INDEX = Comparator.comparingInt(Rejected::index);

  /** Those with the lowest indexes, the highest of them first. */
  private final PriorityQueue<Rejected<?>> shown = new PriorityQueue<>(BY_INDEX.reversed());

  private final Intake.Share share;
  private long accepted;
  private long duplicates;
  private long rejected;
  private Recorded last;
  private Problem brokenOff;

  /**
   * @param share of the request, which takes no more for what is counted
   */
  Tally(Intake.Share share) {
    this.share = share;
  }

  /** Counts a record that goes to no account, or notes that the request broke off. */
  synchronized void add(Entry<?> entry) {
    share.give(Intake.RECORD_BYTES);
    if (entry instanceof BrokenOff<?> end) {
      brokenOff = end.problem();
    } else if (entry instanceof Rejected<?> record) {
      reject(record);
    }
  }

  private void reject(Rejected<?> record) {
    rejected++;
    shown.add(record);
    if (shown.size() > REJECTED_SHOWN_MAX) {
      shown.remove();
    }
  }

  synchronized void add(List<? extends Taken<?>> batch, Recorded answer) {
    share.give((long) batch.size() * Intake.RECORD_BYTES);
    accepted += answer.accepted();
    duplicates += answer.duplicates().size();
    for (Refusal refusal : answer.refusals()) {
      Taken<?> taken = batch.get(refusal.index());
      reject(
          new Rejected<>(
              taken.index(),
              taken.id().orElse(null),
              refusal.field(),
              Problem.of(refusal).detail()));
    }
    last = answer;
  }

  synchronized long accepted() {
    return accepted;
  }

  synchronized long duplicates() {
    return duplicates;
  }

  synchronized long rejected() {
    return rejected;
  }

  /** What the request as a whole failed of, if it did. */
  synchronized Optional<Problem> failure() {
    if (brokenOff != null) {
      return Optional.of(brokenOff);
    }
    boolean allRejected = rejected > 0 && accepted == 0 && duplicates == 0;
    return allRejected
        ? Optional.of(
            Problem.of(
                StatusCodes.UNPROCESSABLE_CONTENT, "all-rejected", "Every record was rejected."))
        : Optional.empty();
  }

  /** The last answer of an account; null if there was none. */
  synchronized Recorded last() {
    return last;
  }

  /** The public form. */
  synchronized Map<String, Object> body() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("accepted", accepted);
    body.put("duplicates", duplicates);
    body.put("rejected", shown.stream().sorted(BY_INDEX).toList());
    body.put("rejectedCount", rejected);
    return body;
  }
}
