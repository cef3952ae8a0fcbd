package keepwell.gatling;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import keepwell.gatling.Population.Account;

/**
 * The requests that come from and about a population, in an order that depends on the seed alone.
 * Each is what a session needs: {@code name}, {@code way}, {@code path}, {@code body}, how many
 * {@code signals} are in it, and whether it is {@code refusable}.
 */
final class Traffic {
  static final int STREAM_LINES = 5_000;
  private static final int ARRAY_SIGNALS = 50;
  private static final int LOOK_BACK_DAYS = 28;
  private static final int AS_OF_DAYS = 60;
  private static final String SIGNALS_PATH = "/v1/signals";

  /** A filter each and a sort each, as people look at lists. */
  private static final List<String> LISTS =
      List.of(
          "sort=score",
          "tier=red&sort=-arr",
          "owner=%s&sort=score",
          "owner=%s&sort=trend",
          "segment=smb&sort=-score",
          "below=60&sort=-arr",
          "renewingWithin=P30D&sort=renewal",
          "q=account-0001&sort=name");

  private final Population population;
  private final LocalDate today;
  private final Phase phase;
  private final SplittableRandom random;
  private final String idPrefix;
  private int ids;

  /**
   * @param seed of what is sent, and in which order
   * @param source tells the ids of its signals from those of any other traffic, in any other run
   */
  Traffic(Population population, Phase phase, long seed, LocalDate today, String source) {
    this.population = population;
    this.phase = phase;
    this.today = today;
    this.random = new SplittableRandom(seed);
    this.idPrefix = source + "-";
  }

  /** For each account its labels, then its facts and the logins of the last weeks. */
  Iterator<Map<String, Object>> setUp() {
    return population.accounts().stream()
        .flatMap(account -> Stream.of(labels(account), facts(account)))
        .iterator();
  }

  /** Requests without an end, of each kind in turn. */
  Iterator<Map<String, Object>> inTurn(List<Request> kinds) {
    return IntStream.iterate(0, turn -> (turn + 1) % kinds.size())
        .mapToObj(turn -> call(kinds.get(turn)))
        .iterator();
  }

  /** Requests without an end, each taken at random from an urn. */
  Iterator<Map<String, Object>> drawn(List<Request> urn) {
    return Stream.generate(() -> call(urn.get(random.nextInt(urn.size())))).iterator();
  }

  private Map<String, Object> call(Request request) {
    return switch (request) {
      case SIGNAL, SIGNAL_IN_BURST, SIGNAL_AFTER_BURST -> write(request, SIGNALS_PATH, signal(), 1);
      case SIGNALS -> write(request, SIGNALS_PATH, array(signals(ARRAY_SIGNALS)), ARRAY_SIGNALS);
      case STREAM, ZIPPED_STREAM ->
          write(request, SIGNALS_PATH, String.join("\n", signals(STREAM_LINES)), STREAM_LINES);
      case LABELS -> labels(population.any(random));
      case OVERRIDE -> override(population.any(random));
      case ACCOUNT -> read(request, path(population.any(random)));
      case ACCOUNT_AS_OF ->
          read(
              request,
              path(population.any(random))
                  + "?asOf="
                  + today.plusDays(random.nextInt(-AS_OF_DAYS, AS_OF_DAYS)));
      case HISTORY -> read(request, path(population.any(random)) + "/history");
      case LIST -> read(request, "/v1/accounts?limit=50&" + list());
      case PORTFOLIO -> read(request, "/v1/portfolio");
    };
  }

  private String list() {
    return LISTS.get(random.nextInt(LISTS.size())).formatted(owner());
  }

  private String owner() {
    return Population.OWNERS.get(random.nextInt(Population.OWNERS.size()));
  }

  private Map<String, Object> labels(Account account) {
    String body =
        "{\"name\":\"Customer %s\",\"owner\":\"%s\",\"segment\":\"%s\"}"
            .formatted(account.id(), account.owner(), account.segment());
    return write(Request.LABELS, path(account), body, 0);
  }

  /** Holds a score low or high, so that tiers change. */
  private Map<String, Object> override(Account account) {
    String body =
        "{\"%s,\"reason\":\"load test\",\"author\":\"%s\",\"until\":\"%s\"}"
            .formatted(random.nextBoolean() ? "max\":40" : "min\":85", owner(), today.plusDays(7));
    return write(Request.OVERRIDE, path(account) + "/override", body, 0);
  }

  private Map<String, Object> facts(Account account) {
    List<String> facts = new ArrayList<>();
    facts.add(fact(account, "seats", Integer.toString(account.seats())));
    facts.add(fact(account, "arr", Integer.toString(account.arr())));
    facts.add(fact(account, "renewal-date", "\"" + today.plusDays(account.renewalInDays()) + "\""));
    for (int day = LOOK_BACK_DAYS; day > 0; day--) {
      if (random.nextDouble() < account.devotion()) {
        facts.add(
            "{\"account\":\"%s\",\"signal\":\"login\",\"user\":\"u%d\",\"at\":\"%s\"}"
                .formatted(account.id(), random.nextInt(account.users()), today.minusDays(day)));
      }
    }
    return write(Request.SIGNALS, SIGNALS_PATH, array(facts), facts.size());
  }

  private static String fact(Account account, String key, String value) {
    return "{\"account\":\"%s\",\"signal\":\"%s\",\"value\":%s}"
        .formatted(account.id(), key, value);
  }

  private List<String> signals(int count) {
    return Stream.generate(this::signal).limit(count).toList();
  }

  private static String array(List<String> signals) {
    return "[" + String.join(",", signals) + "]";
  }

  /** What scorecards read, of any user of an account. Formatters would take half of the client. */
  private String signal() {
    Account account = population.sender(random);
    return "{\"account\":\""
        + account.id()
        + "\",\"user\":\"u"
        + random.nextInt(account.users())
        + "\",\"id\":\""
        + idPrefix
        + ids++
        + "\",\"signal\":"
        + keyAndMore()
        + "}";
  }

  private String keyAndMore() {
    int percent = random.nextInt(100);
    if (percent < 70) {
      return "\"login\"";
    }
    if (percent < 90) {
      return "\"core-feature\",\"item\":\"feature-" + random.nextInt(12) + "\"";
    }
    if (percent < 97) {
      return "\"hours\",\"value\":" + random.nextInt(1, 9);
    }
    return percent < 99 ? "\"ticket\"" : "\"ticket-resolved\",\"value\":" + random.nextInt(1, 100);
  }

  private static String path(Account account) {
    return "/v1/accounts/" + account.id();
  }

  private Map<String, Object> read(Request request, String path) {
    return write(request, path, "", 0);
  }

  private Map<String, Object> write(Request request, String path, String body, int signals) {
    Map<String, Object> call = new HashMap<>();
    call.put("name", request.name(phase));
    call.put("way", request.way().name());
    call.put("path", path);
    call.put("body", body);
    call.put("signals", signals);
    call.put("refusable", request.refusable(phase));
    return call;
  }
}
