package keepwell.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The 200 accounts of the demo, always the same ones. */
final class DemoPortfolio {
  /** How far back usage goes. */
  static final int USAGE_DAYS = 180;

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
    return NAMES.get(name) + " " + TRADES.get((index / NAMES.size() + name) % TRADES.size());
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
