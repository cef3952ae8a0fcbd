package keepwell.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import keepwell.node.Node;

/** Puts versions of the scorecards of a node, in turn, by which it rescores its accounts. */
final class Versions {
  /** How many accounts a second, as it is set. */
  static final int PER_SECOND_MAX = 5_000;

  private static final long POLL_MILLIS = 50;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String[] DOCUMENTS = {Weights.document(25, 30), Weights.document(60, 10)};

  private final Node node;
  private int turn;

  /**
   * How far a rescoring is.
   *
   * @param left how many accounts have not been rescored
   */
  record Status(int version, long rescored, long left, boolean ended) {}

  Versions(Node node) {
    this.node = node;
  }

  /** Those of a turn and of the next differ. */
  static String document(int turn) {
    return DOCUMENTS[turn % DOCUMENTS.length];
  }

  /** Puts another one; the version that it is. */
  int put() throws IOException, InterruptedException {
    node.put("/v1/scorecards", document(turn++));
    return JSON.readTree(node.body("/v1/scorecards")).get("version").intValue();
  }

  Status status() throws IOException, InterruptedException {
    JsonNode status = JSON.readTree(node.body("/v1/scorecards/rescoring"));
    long rescored = status.get("rescored").longValue();
    return new Status(
        status.get("version").intValue(),
        rescored,
        status.get("accounts").longValue() - rescored,
        !status.get("endedAt").isNull());
  }

  /** Waits until all accounts have been rescored by a version. */
  void awaitEnded(int version) throws IOException, InterruptedException {
    for (Status now = status(); now.version() < version || !now.ended(); now = status()) {
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** Waits until the rescoring has gone on. */
  void awaitUnderWay() throws IOException, InterruptedException {
    Status before = status();
    for (Status now = before; now.equals(before) || now.rescored() == 0; now = status()) {
      Thread.sleep(POLL_MILLIS);
    }
  }
}
