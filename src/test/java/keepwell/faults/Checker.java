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
import java.util.concurrent.ForkJoinPool;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import keepwell.account.Fingerprint;
import keepwell.faults.Findings.Kind;
import keepwell.faults.Sent.Outcome;
import keepwell.health.Days;
import keepwell.journal.Database;
import keepwell.journal.Installation;
import keepwell.journal.JournalFollower;
import keepwell.journal.Seal;
import keepwell.journal.TestJournal;
import keepwell.portfolio.Portfolio;
import keepwell.portfolio.Reconciler;
import keepwell.portfolio.TierChange;
import org.awaitility.Awaitility;

/** Compares the clients' history, the journal, what the nodes say, and what a fresh node says. */
final class Checker {
  private static final int REPEATED_AT_ONCE = 2000;
  private static final double TOLERANCE = 1e-4;
  private static final int CONNECTIONS = 4;
  private static final Duration FOLLOWING_MAX = Duration.ofMinutes(1);

  private final HttpClient client;
  private final History history;
  private final Findings findings;

  Checker(HttpClient client, History history, Findings findings) {
    this.client = client;
    this.history = history;
    this.findings = findings;
  }

  /**
   * Checks an installation that nothing is sent to; then none of its nodes runs.
   *
   * @param hosts of all its nodes, which run
   * @param url of its database
   * @param heard what was heard of the feed
   * @return what there is in the journal
   */
  Map<String, Object> check(List<Host> hosts, String url, Supplier<List<Long>> heard)
      throws SQLException {
    List<Map<String, JsonNode>> told = hosts.stream().map(this::told).toList();
    hosts.forEach(Host::close);
    Journal journal = journal(url);
    Host fresh = hosts.get(0);
    fresh.up();
    fresh.untilReady();
    Map<String, JsonNode> recovered = told(fresh);
    for (String account : history.accounts()) {
      List<Sent> stored = journal.stored(account);
      compare(account, recovered.get(account), stored, stored.size());
      int acknowledged = acknowledged(stored);
      for (Map<String, JsonNode> one : told) {
        compare(account, one.get(account), stored, acknowledged);
        if (acknowledged == stored.size()) {
          compare(account, one.get(account), recovered.get(account));
        }
      }
    }
    repeat(new HttpDoor(client, fresh.uri(), findings));
    fresh.close();
    Map<String, Object> counts = new TreeMap<>(reconcile(url, heard.get()));
    counts.put("journal events", journal.events());
    counts.put("signals UNKNOWN but stored", journal.unknownStored());
    return counts;
  }

  /** What was heard must be the beginning of the feed, which must be that of the journal. */
  private Map<String, Object> reconcile(String url, List<Long> heard) throws SQLException {
    try (Database database = Database.open(url, "", "", CONNECTIONS);
        TestJournal events = new TestJournal()) {
      Installation installation = Outsider.installation(database);
      JournalFollower journal = events.follower(database);
      Seal seal = new Seal(installation.secret());
      Days days = new Days(installation.zone());
      List<Long> feed;
      try (Portfolio portfolio =
          Portfolio.follow(database, journal, seal, days, ForkJoinPool.commonPool())) {
        if (!portfolio.awaitCaughtUp(FOLLOWING_MAX)) {
          findings.add(Kind.MISLISTED, "the journal is not followed to its end");
        }
        feed =
            portfolio.feed().after(0, Integer.MAX_VALUE).changes().stream()
                .map(TierChange::id)
                .toList();
      }
      if (heard.size() > feed.size() || !heard.equals(feed.subList(0, heard.size()))) {
        findings.add(Kind.MISLISTED, "heard " + heard + " of " + feed);
      }
      Reconciler.Report report = new Reconciler(database, journal, seal, days, false).reconcile();
      report.told().forEach(difference -> findings.add(Kind.MISLISTED, difference));
      return Map.of(
          "accounts reconciled", report.accounts(),
          "tier changes reconciled", report.changes(),
          "tier changes heard", heard.size());
    }
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

  /** How many of the first hold all that were acknowledged. */
  private static int acknowledged(List<Sent> stored) {
    int count = stored.size();
    while (count > 0 && stored.get(count - 1).outcome() != Outcome.OK) {
      count--;
    }
    return count;
  }

  /**
   * A standing must be made of the first that are stored. Of what a client has given up, some may
   * be stored after it was told.
   */
  private void compare(String account, JsonNode told, List<Sent> stored, int atLeast) {
    if (IntStream.rangeClosed(atLeast, stored.size())
        .noneMatch(count -> isOf(stored.subList(0, count), told))) {
      findings.add(
          Kind.WRONG_STANDING,
          "%s: %s in place of %s, or of the first %d of %d"
              .formatted(account, told, Standings.expected(stored), atLeast, stored.size()));
    }
  }

  private static boolean isOf(List<Sent> stored, JsonNode told) {
    if (told.isMissingNode() || stored.isEmpty()) {
      return told.isMissingNode() && stored.isEmpty();
    }
    Map<String, Double> expected = Standings.expected(stored);
    return Standings.figures(told).entrySet().stream()
        .allMatch(
            figure -> Math.abs(figure.getValue() - expected.get(figure.getKey())) <= TOLERANCE);
  }

  /** What is made of the same must be the same in everything. */
  private void compare(String account, JsonNode told, JsonNode recovered) {
    if (!told.equals(recovered)) {
      findings.add(
          Kind.DISAGREEMENT, "%s: %s, but after a recovery %s".formatted(account, told, recovered));
    }
  }
}
