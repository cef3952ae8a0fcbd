package keepwell.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.Lists;
import java.net.http.HttpClient;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import keepwell.account.Fingerprint;
import keepwell.faults.Findings.Kind;
import keepwell.faults.Sent.Outcome;
import keepwell.journal.Database;
import org.awaitility.Awaitility;

/** Compares the clients' history, the journal, what the nodes say, and what a fresh node says. */
final class Checker {
  private static final int REPEATED_AT_ONCE = 2000;
  private static final double TOLERANCE = 1e-4;

  private final HttpClient client;
  private final History history;
  private final Findings findings;

  Checker(HttpClient client, History history, Findings findings) {
    this.client = client;
    this.history = history;
    this.findings = findings;
  }

  /**
   * Checks an installation at rest; then none of its nodes runs.
   *
   * @param hosts of all its nodes, which run
   * @param url of its database
   * @return what there is in the journal
   */
  Map<String, Object> check(List<Host> hosts, String url) throws SQLException {
    Map<String, JsonNode> told = told(hosts.get(0));
    for (Host other : hosts.subList(1, hosts.size())) {
      compare(told, told(other), "elsewhere");
    }
    hosts.forEach(Host::close);
    Journal journal = journal(url);
    history.accounts().forEach(id -> compare(id, told.get(id), journal.counted(id)));
    Host fresh = hosts.get(0);
    fresh.up();
    fresh.untilReady();
    compare(told, told(fresh), "after a recovery");
    repeat(new HttpDoor(client, fresh.uri(), findings));
    fresh.close();
    Map<String, Object> counts = new TreeMap<>();
    counts.put("journal events", journal.events());
    counts.put("signals UNKNOWN but stored", journal.unknownStored());
    return counts;
  }

  private Map<String, JsonNode> told(Host host) {
    return Standings.told(client, host.uri(), history.accounts());
  }

  /** Sends what was acknowledged once more; the node must know all of it. */
  private void repeat(Door door) {
    List<Sent> known =
        history.all().stream()
            .filter(sent -> sent.outcome() == Outcome.OK && sent.id.isPresent())
            .toList();
    for (List<Sent> some : Lists.partition(known, REPEATED_AT_ONCE)) {
      Receipt receipt =
          Awaitility.await("duplicates")
              .pollDelay(Duration.ZERO)
              .until(() -> door.deliver(some, new Random()).join(), Receipt::answered);
      if (receipt.accepted() > 0) {
        findings.add(Kind.TWICE, receipt.accepted() + " accepted again after a recovery");
      }
    }
  }

  private Journal journal(String url) throws SQLException {
    try (Database database = Database.open(url, "", "", 2);
        Connection connection = database.dataSource().getConnection()) {
      byte[] secret = Outsider.installation(database).secret();
      Journal journal = new Journal(history, findings, new Fingerprint(secret));
      journal.read(connection);
      return journal;
    }
  }

  private void compare(Map<String, JsonNode> one, Map<String, JsonNode> other, String where) {
    one.forEach(
        (account, standing) -> {
          if (!standing.equals(other.get(account))) {
            findings.add(
                Kind.DISAGREEMENT,
                "%s: %s, but %s %s".formatted(account, standing, where, other.get(account)));
          }
        });
  }

  private void compare(String account, JsonNode told, List<Sent> counted) {
    if (told.isMissingNode() && counted.isEmpty()) {
      return;
    }
    Map<String, Double> expected = Standings.expected(counted);
    boolean right =
        !told.isMissingNode()
            && Standings.figures(told).entrySet().stream()
                .allMatch(
                    figure ->
                        Math.abs(figure.getValue() - expected.get(figure.getKey())) <= TOLERANCE);
    if (!right) {
      findings.add(Kind.WRONG_STANDING, "%s: %s in place of %s".formatted(account, told, expected));
    }
  }
}
