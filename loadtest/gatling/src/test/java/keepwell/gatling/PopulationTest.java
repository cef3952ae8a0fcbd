package keepwell.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import keepwell.gatling.Population.Account;
import org.junit.jupiter.api.Test;

class PopulationTest {
  private static final int SIZE = 2_000;

  private final Population population = new Population(SIZE, 1);

  @Test
  void theSameSeedMakesTheSameAccounts() {
    assertThat(new Population(SIZE, 1).accounts()).isEqualTo(population.accounts());
    assertThat(new Population(SIZE, 2).accounts()).isNotEqualTo(population.accounts());
  }

  @Test
  void aFewAccountsHaveMostOfTheUsersAndManyHaveAHandful() {
    List<Integer> users =
        population.accounts().stream()
            .map(Account::users)
            .sorted(Comparator.reverseOrder())
            .toList();
    int all = users.stream().mapToInt(Integer::intValue).sum();
    int largest = users.stream().limit(SIZE / 20).mapToInt(Integer::intValue).sum();
    assertThat(largest).isGreaterThan(all / 2);
    assertThat(users.get(0)).isGreaterThan(300);
    assertThat(users.get(SIZE / 2)).isBetween(3, 8);
  }

  @Test
  void anAccountSendsAsManySignalsAsItHasOfTheUsers() {
    Account largest =
        population.accounts().stream().max(Comparator.comparingInt(Account::users)).orElseThrow();
    double share =
        (double) largest.users() / population.accounts().stream().mapToInt(Account::users).sum();
    SplittableRandom random = new SplittableRandom(1);
    int drawn = 100_000;
    long sent =
        Stream.generate(() -> population.sender(random))
            .limit(drawn)
            .filter(largest::equals)
            .count();
    assertThat((double) sent / drawn).isBetween(share * 0.9, share * 1.1);
  }
}
