package keepwell.faults;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Everything that the clients have sent. */
final class History {
  private static final int USERS = 40;
  private static final int DAYS = 34;

  private final Map<String, List<Sent>> byAccount;
  private final List<String> accounts;
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong duplicates = new AtomicLong();

  History(int accounts) {
    this.accounts = IntStream.range(0, accounts).mapToObj(i -> "account-" + i).toList();
    this.byAccount =
        this.accounts.stream()
            .collect(Collectors.toMap(account -> account, account -> new ArrayList<>()));
  }

  List<String> accounts() {
    return accounts;
  }

  /** Whatever was sent to an account; a signal's number is its place. */
  List<Sent> of(String account) {
    return byAccount.getOrDefault(account, List.of());
  }

  Collection<Sent> all() {
    return byAccount.values().stream().flatMap(List::stream).toList();
  }

  /** A new signal; one in thirty is for the same account, one in twenty has no id. */
  Sent next(Random random) {
    boolean hot = random.nextInt(30) == 0;
    boolean refused = random.nextInt(100) == 0;
    return next(
        accounts.get(hot ? 0 : random.nextInt(accounts.size())),
        random.nextInt(20) > 0,
        random.nextInt(USERS),
        refused ? -2 : random.nextInt(DAYS));
  }

  /** A new signal of an account, of today. */
  Sent next(String account) {
    return next(account, true, 0, 0);
  }

  private Sent next(String account, boolean identified, int user, int daysAgo) {
    List<Sent> all = byAccount.get(account);
    synchronized (all) {
      Sent sent = new Sent(account, all.size(), identified, user, daysAgo);
      all.add(sent);
      return sent;
    }
  }

  /** Takes note of a delivery. */
  void delivered(Receipt receipt) {
    receipt
        .outcomes()
        .forEach(
            (sent, outcome) -> {
              if (sent.delivered(outcome)) {
                acknowledged.incrementAndGet();
              }
            });
    duplicates.addAndGet(receipt.duplicates());
  }

  /** How many signals were acknowledged. */
  long acknowledged() {
    return acknowledged.get();
  }

  Map<String, Object> counts() {
    Map<Sent.Outcome, Long> outcomes = new EnumMap<>(Sent.Outcome.class);
    all().forEach(sent -> outcomes.merge(sent.outcome(), 1L, Long::sum));
    Map<String, Object> counts = new TreeMap<>();
    outcomes.forEach((outcome, count) -> counts.put("signals " + outcome, count));
    counts.put("duplicates answered", duplicates.get());
    return counts;
  }
}
