package keepwell.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The 200 accounts of the demo, and those of customers who have left; always the same ones. */
final class DemoPortfolio {
  /** How far back usage goes. */
  static final int USAGE_DAYS = 180;

  /** How far back it is known what became of customers: by then their usage was known, too. */
  static final int OUTCOME_DAYS = 110;

  private static final int LEFT_DAYS_AGO_MIN = 4;
  private static final int CONTRACT_DAYS = 550;
  private static final int ACCOUNT_NUMBER_BASE = 1000;
  private static final long SEED = 0x9E3779B97F4A7C15L;

  private static final List<String> OWNERS =
      List.of("dana", "felix", "ines", "jonas", "mira", "priya");
  private static final List<String> NAMES =
      List.of(
          "Amber", "Beacon", "Bluefin", "Cobalt", "Copper", "Ember", "Falcon", "Granite", "Harbor",
          "Juniper", "Lantern", "Maple", "Meadow", "Orchard", "Prairie", "Quarry", "Sierra",
          "Summit", "Tidal", "Willow");
  private static final List<String> TRADES =
      List.of(
          "Energy",
          "Finance",
          "Foods",
          "Health",
          "Labs",
          "Logistics",
          "Media",
          "Robotics",
          "Textiles",
          "Travel");
  private static final List<String> TRADES_OF_LEAVERS = List.of("Partners", "Retail");

  private DemoPortfolio() {}

  static List<DemoAccount> accounts() {
    List<Archetype> archetypes = new ArrayList<>();
    for (Archetype archetype : Archetype.values()) {
      archetypes.addAll(Collections.nCopies(archetype.accounts(), archetype));
    }
    Collections.shuffle(archetypes, new Random(SEED));
    List<DemoAccount> accounts = new ArrayList<>();
    for (Archetype archetype : archetypes) {
      accounts.add(account(accounts.size(), archetype));
    }
    return List.copyOf(accounts);
  }

  /** Customers that have left in the last months: most of them had declined before. */
  static List<DemoAccount> leavers() {
    List<DemoAccount> leavers = new ArrayList<>();
    for (Leaving leaving : Leaving.values()) {
      for (int i = 0; i < leaving.accounts; i++) {
        leavers.add(leaver(accounts().size() + leavers.size(), leaving));
      }
    }
    return List.copyOf(leavers);
  }

  private static DemoAccount leaver(int index, Leaving leaving) {
    DemoAccount account = account(index, leaving.archetype);
    Random random = new Random(account.seed() + 1);
    int left = LEFT_DAYS_AGO_MIN + random.nextInt(OUTCOME_DAYS - LEFT_DAYS_AGO_MIN);
    int turn = left + leaving.daysMin + random.nextInt(leaving.daysMax - leaving.daysMin);
    return new DemoAccount(
        account.id(),
        account.name(),
        account.owner(),
        account.segment(),
        leaving.archetype,
        account.seats(),
        account.seatPrice(),
        account.devotion(),
        account.breadth(),
        CONTRACT_DAYS,
        USAGE_DAYS,
        left + 365, // it does not renew
        turn,
        left,
        account.seed());
  }

  private static DemoAccount account(int index, Archetype archetype) {
    long seed = SEED * (index + 1);
    Random random = new Random(seed);
    Size size = Size.of(random.nextDouble());
    boolean young = archetype == Archetype.FAILING_ONBOARDING;
    int turn = turn(archetype, random);
    int renewedDaysAgo = young ? turn : 1 + random.nextInt(364);
    return new DemoAccount(
        "c" + (ACCOUNT_NUMBER_BASE + index + 1),
        name(index),
        OWNERS.get(random.nextInt(OWNERS.size())),
        size.segment,
        archetype,
        size.seatsMin + random.nextInt(size.seatsMax - size.seatsMin + 1),
        1200 + 50 * random.nextInt(15),
        0.78 + 0.22 * random.nextDouble(),
        8 + random.nextInt(4),
        young ? turn : CONTRACT_DAYS,
        young ? turn : USAGE_DAYS,
        renewedDaysAgo,
        turn,
        0,
        seed);
  }

  private static int turn(Archetype archetype, Random random) {
    return switch (archetype) {
      case HEALTHY, SEASONAL -> 1 + random.nextInt(USAGE_DAYS);
      case EXPANDING -> 100 + random.nextInt(70);
      case SLOW_DRIFT -> 60 + random.nextInt(80);
      case SHARP_DROP -> 12 + random.nextInt(45);
      case CHAMPION_LEFT -> 20 + random.nextInt(60);
      case FAILING_ONBOARDING -> 9 + random.nextInt(65);
    };
  }

  private static String name(int index) {
    int name = index % NAMES.size();
    int round = index / NAMES.size();
    String trade =
        round < TRADES.size()
            ? TRADES.get((round + name) % TRADES.size())
            : TRADES_OF_LEAVERS.get(round - TRADES.size());
    return NAMES.get(name) + " " + trade;
  }

  /** How customers leave, and when their decline begins before that. */
  private enum Leaving {
    AFTER_A_SLOW_DRIFT(Archetype.SLOW_DRIFT, 6, 120, 170),
    AFTER_THE_CHAMPION(Archetype.CHAMPION_LEFT, 12, 60, 110),
    AFTER_A_SHARP_DROP(Archetype.SHARP_DROP, 12, 50, 90),
    TOO_SOON_AFTER_IT(Archetype.SHARP_DROP, 3, 6, 24),
    WITHOUT_A_SIGN(Archetype.HEALTHY, 5, 1, 60);

    private final Archetype archetype;
    private final int accounts;
    private final int daysMin;
    private final int daysMax;

    Leaving(Archetype archetype, int accounts, int daysMin, int daysMax) {
      this.archetype = archetype;
      this.accounts = accounts;
      this.daysMin = daysMin;
      this.daysMax = daysMax;
    }
  }

  private enum Size {
    SMB("smb", 0.5, 5, 10),
    MID_MARKET("mid-market", 0.82, 10, 18),
    ENTERPRISE("enterprise", 1, 20, 36);

    private final String segment;
    private final double upTo;
    private final int seatsMin;
    private final int seatsMax;

    Size(String segment, double upTo, int seatsMin, int seatsMax) {
      this.segment = segment;
      this.upTo = upTo;
      this.seatsMin = seatsMin;
      this.seatsMax = seatsMax;
    }

    static Size of(double draw) {
      return draw < SMB.upTo ? SMB : draw < MID_MARKET.upTo ? MID_MARKET : ENTERPRISE;
    }
  }
}
