package keepwell.portfolio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import keepwell.journal.Columns;
import keepwell.journal.Database;
import keepwell.journal.Seal;
import keepwell.journal.TestDatabase;
import keepwell.portfolio.AccountQuery.Sort;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AccountListTotalsTest {
  private static final int TODAY = 20_000;
  private static final int ACCOUNTS = 300;
  private static final List<AccountQuery.Key> KEYS = List.of(AccountQuery.Key.values());
  private static final Seal SEAL = new Seal(new byte[32]);
  private static final int QUERIES = 200;
  private static final List<String> PREFIXES = List.of("", "A", "ac", "cust", "Zü", "no");
  private static final List<String> NAMES = List.of("Acme", "acorn", "Zürich", "ab", "customer");

  @TempDir Path data;

  private final Random random = new Random(1);
  private final Map<String, Listed> all = new HashMap<>();

  private Listed listed(int number) {
    Map<String, String> labels = new HashMap<>();
    labels.put("owner", "owner-" + random.nextInt(3));
    if (random.nextInt(4) > 0) {
      labels.put("name", NAMES.get(random.nextInt(NAMES.size())) + random.nextInt(20));
    }
    return new Listed(
        (random.nextBoolean() ? "a" : "C") + "ustomer-" + number,
        labels,
        Optional.of(random.nextBoolean() ? "green" : "red"),
        Optional.empty(),
        Optional.empty(),
        random.nextInt(5) == 0 ? Optional.empty() : Optional.of((double) random.nextInt(100)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of((double) random.nextInt(10)),
        random.nextInt(3) == 0 ? Optional.empty() : Optional.of(TODAY + random.nextInt(100) - 50),
        TODAY + 5,
        random.nextInt(10) == 0 ? Optional.of(Instant.EPOCH) : Optional.empty(),
        Optional.empty());
  }

  private void fill(Connection connection) throws SQLException {
    Sums sums = new Sums(SEAL);
    for (int i = 0; i < ACCOUNTS; i++) {
      Listed one = listed(i);
      all.put("account-" + i, one);
      sums.replace(null, one);
    }
    Standings.write(connection, SEAL, Map.of(), all);
    sums.write(connection);
  }

  private AccountQuery query() {
    return new AccountQuery(
        random.nextBoolean() ? Optional.empty() : Optional.of("red"),
        random.nextBoolean() ? Map.of() : Map.of("owner", "owner-1"),
        Optional.of(PREFIXES.get(random.nextInt(PREFIXES.size()))).filter(text -> !text.isEmpty()),
        Optional.empty(),
        random.nextBoolean() ? Optional.empty() : Optional.of(30),
        false,
        List.of(new Sort(KEYS.get(random.nextInt(KEYS.size())), random.nextBoolean())),
        ACCOUNTS,
        Optional.empty());
  }

  private boolean isAskedFor(AccountQuery query, Listed one) {
    Predicate<String> begins =
        prefix ->
            one.account().startsWith(prefix)
                || one.name().toLowerCase(Locale.ROOT).startsWith(prefix.toLowerCase(Locale.ROOT));
    return one.closedAt().isEmpty()
        && query.tier().map(tier -> one.tier().equals(Optional.of(tier))).orElse(true)
        && one.labels().entrySet().containsAll(query.labels().entrySet())
        && query.prefix().map(begins::test).orElse(true)
        && query
            .renewingWithinDays()
            .map(
                within ->
                    one.renewalOn().filter(on -> on >= TODAY && on <= TODAY + within).isPresent())
            .orElse(true);
  }

  @ParameterizedTest
  @EnumSource
  void accounts_are_listed_once_and_counted(TestDatabase on) throws SQLException {
    try (Database database = on.open(data);
        Connection connection = database.dataSource().getConnection()) {
      fill(connection);
      for (int i = 0; i < QUERIES; i++) {
        check(connection, query());
      }
    }
  }

  private void check(Connection connection, AccountQuery query) throws SQLException {
    AccountList list = new AccountList(SEAL, query, TODAY);
    List<Listed> expected = all.values().stream().filter(one -> isAskedFor(query, one)).toList();
    List<Listed> listed = list.after(connection, Optional.empty());
    assertThat(listed).as(query.toString()).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(list.count(connection, ACCOUNTS)).as(query.toString()).isEqualTo(expected.size());
    List<byte[]> names = listed.stream().map(one -> Columns.folded(one.name())).toList();
    if (query.sorts().equals(List.of(new Sort(AccountQuery.Key.NAME, false)))) {
      assertThat(names).isSortedAccordingTo(Arrays::compareUnsigned);
    }
  }

  /** Whatever an account may have at the most, it can be listed: indexes take no long rows. */
  @ParameterizedTest
  @EnumSource
  void the_longest_texts_can_be_listed(TestDatabase on) throws SQLException {
    Map<String, String> labels = new HashMap<>();
    for (String label : List.of("name", "owner", "segment", "parent")) {
      labels.put(label, longest());
    }
    Listed one =
        new Listed(
            longest(),
            labels,
            Optional.of(longest().substring(0, 200)),
            Optional.empty(),
            Optional.empty(),
            Optional.of(50.0),
            Optional.empty(),
            Optional.of(1.0),
            Optional.empty(),
            Optional.of(1.0),
            Optional.of(TODAY),
            TODAY,
            Optional.empty(),
            Optional.empty());
    all.put("account-long", one);
    try (Database database = on.open(data);
        Connection connection = database.dataSource().getConnection()) {
      Standings.write(connection, SEAL, Map.of(), all);
      Sums sums = new Sums(SEAL);
      sums.replace(null, one);
      sums.write(connection);
      for (int i = 0; i < QUERIES / 10; i++) {
        check(connection, query());
      }
    }
  }

  /** 200 letters of four bytes each that nothing makes shorter. */
  private String longest() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      text.appendCodePoint(0x20000 + random.nextInt(40_000));
    }
    return text.toString();
  }
}
