package keepwell.portfolio;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import keepwell.health.Account;
import keepwell.health.AccountEvent;
import keepwell.health.Capacity;
import keepwell.health.Days;
import keepwell.health.Decider;
import keepwell.health.Decider.Moment;
import keepwell.health.Decision;
import keepwell.health.Inquiry;
import keepwell.health.Outcome;
import keepwell.health.OutcomeDecider;
import keepwell.health.OutcomeStatement;
import keepwell.health.ScoreOverride;
import keepwell.health.ScorecardReader;
import keepwell.health.Scorecards;
import keepwell.health.Signal;
import keepwell.health.Thresholds;
import keepwell.journal.Database;
import keepwell.journal.TestJournal;

/** Random lives of some accounts, which are stored in a journal as they happen. */
final class Lives {
  static final Days DAYS = new Days(ZoneOffset.UTC);
  private static final Capacity CAPACITY = new Capacity(1000, 50);
  private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");
  private static final List<String> NAMES = List.of("dana", "kim", "mira");

  private final Database database;
  private final TestJournal journal;
  private final Random random;
  private final Scorecards scorecards = scorecards();
  private final Map<String, Account> accounts = new TreeMap<>();
  private final Map<String, Long> stored = new TreeMap<>();
  private Instant now = BEGIN;

  Lives(Database database, TestJournal journal, long seed) {
    this.database = database;
    this.journal = journal;
    this.random = new Random(seed);
  }

  private static Scorecards scorecards() {
    String json =
        """
        {"scorecards": [{"key": "logins", "tiers": [
            {"key": "green", "from": 80}, {"key": "yellow", "from": 50}, {"key": "red", "from": 0}],
          "adjustments": [
            {"key": "login", "signal": "login", "points": 10, "window": "P7D"}]}]}
        """;
    try {
      Object document = new ObjectMapper().readValue(json, Object.class);
      return ScorecardReader.read(document, 1, Instant.EPOCH, new HashSet<>());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  int today() {
    return DAYS.of(now);
  }

  /** So many things happen to so many accounts. */
  void live(int accountCount, int commands) {
    for (int i = 0; i < commands; i++) {
      now = now.plus(Duration.ofMinutes(random.nextInt(600)));
      String id = "account " + random.nextInt(accountCount);
      Account account = accounts.getOrDefault(id, Account.unknown(DAYS));
      List<AccountEvent> events = new ArrayList<>(command(account, id).events());
      long before = stored.getOrDefault(id, 0L);
      journal.store(database, persistenceId(id), before, events);
      stored.put(id, before + events.size());
      for (AccountEvent event : events) {
        account = account.evolve(event);
      }
      accounts.put(id, account);
    }
  }

  static String persistenceId(String account) {
    return "account-" + Integer.toHexString(account.hashCode());
  }

  private Decision<?> command(Account account, String id) {
    Moment moment = new Moment(now, now, List.of(scorecards), Thresholds.NONE, CAPACITY);
    String name = NAMES.get(random.nextInt(NAMES.size()));
    return switch (random.nextInt(13)) {
      case 0 -> Decider.label(account, id, Map.of("owner", Optional.of(name)), moment);
      case 1 ->
          Decider.label(
              account, id, Map.of("segment", Optional.of(name), "owner", Optional.empty()), moment);
      case 2 ->
          Decider.override(
              account,
              new ScoreOverride(
                  Optional.of(random.nextDouble() * 100),
                  Optional.empty(),
                  "why",
                  "who",
                  today() + random.nextInt(9)),
              moment);
      case 3 -> random.nextInt(4) > 0 ? asked(account, moment) : Decider.erase(account, moment);
      case 4 -> Decider.close(account, random.nextBoolean(), moment);
      case 5 -> record(account, id, "arr", random.nextInt(100_000) / 100.0, 1, moment);
      case 6 -> {
        LocalDate renewal = LocalDate.ofEpochDay(today() + random.nextInt(120));
        yield record(account, id, "renewal-date", (double) renewal.toEpochDay(), 1, moment);
      }
      case 7 -> told(account, id, moment);
      default -> record(account, id, "login", 1, 1 + random.nextInt(5), moment);
    };
  }

  private static Decision<?> asked(Account account, Moment moment) {
    return Inquiry.standing(account, Optional.empty(), moment);
  }

  /** An outcome of one of the last days, or that there was none. */
  private Decision<?> told(Account account, String id, Moment moment) {
    Optional<Outcome> outcome =
        random.nextInt(4) == 0
            ? Optional.empty()
            : Optional.of(List.of(Outcome.values()).get(random.nextInt(4)));
    Instant at = now.minus(Duration.ofDays(random.nextInt(20)));
    return OutcomeDecider.record(account, id, List.of(new OutcomeStatement(outcome, at)), moment);
  }

  private Decision<?> record(
      Account account, String id, String key, double value, int count, Moment moment) {
    List<Signal> signals = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      signals.add(new Signal(key, value, now, 0, 0, 0));
    }
    return Decider.record(account, id, signals, random.nextInt(5) == 0, moment);
  }
}
