package keepwell.gatling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Made-up accounts, skewed as real ones are: a few have hundreds of users and send most of the
 * signals, many have a handful. The same seed makes the same accounts.
 */
final class Population {
  /** Of the logarithm of the number of users: half of the accounts have five or fewer, … */
  private static final double USERS_MEDIAN = 5;

  /** … and the largest twentieth has more than half of all users. */
  private static final double USERS_SPREAD = 1.8;

  private static final int USERS_MAX = 2_000;
  private static final int ENTERPRISE_USERS = 100;
  private static final int MID_MARKET_USERS = 15;
  private static final int YEAR_DAYS = 365;

  static final List<String> OWNERS =
      List.of("dana", "kim", "luca", "mei", "noor", "omar", "pia", "ravi", "sam", "tess");
  static final List<String> SEGMENTS = List.of("enterprise", "mid-market", "smb");

  private final List<Account> accounts = new ArrayList<>();
  private final long[] usersUpTo;

  /**
   * An account.
   *
   * @param users who send signals; it sends as many as it has of them
   * @param arr dollars a year
   * @param renewalInDays from the day of the run on
   * @param devotion how many of the days its users come, 0 to 1
   */
  record Account(
      String id,
      String owner,
      String segment,
      int users,
      int seats,
      int arr,
      int renewalInDays,
      double devotion) {}

  Population(int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    this.usersUpTo = new long[size];
    long users = 0;
    for (int i = 0; i < size; i++) {
      Account account = account(i, random);
      accounts.add(account);
      users += account.users();
      usersUpTo[i] = users;
    }
  }

  private static Account account(int number, SplittableRandom random) {
    double size = USERS_MEDIAN * Math.exp(USERS_SPREAD * random.nextGaussian());
    int users = (int) Math.max(1, Math.min(USERS_MAX, Math.round(size)));
    int seats = (int) Math.ceil(users * (1 + random.nextDouble()));
    return new Account(
        "account-%06d".formatted(number),
        OWNERS.get(random.nextInt(OWNERS.size())),
        segment(users),
        users,
        seats,
        seats * random.nextInt(200, 1_200),
        random.nextInt(YEAR_DAYS),
        random.nextDouble());
  }

  private static String segment(int users) {
    if (users >= ENTERPRISE_USERS) {
      return SEGMENTS.get(0);
    }
    return SEGMENTS.get(users >= MID_MARKET_USERS ? 1 : 2);
  }

  List<Account> accounts() {
    return accounts;
  }

  /** One that sends a signal: the more users it has, the more often. */
  Account sender(SplittableRandom random) {
    long user = random.nextLong(usersUpTo[usersUpTo.length - 1]) + 1;
    int place = Arrays.binarySearch(usersUpTo, user);
    return accounts.get(place >= 0 ? place : -place - 1);
  }

  /** One that is looked at: any of them as often as any other. */
  Account any(SplittableRandom random) {
    return accounts.get(random.nextInt(accounts.size()));
  }
}
