package keepwell.demo;

import java.time.LocalDate;

/**
 * One made-up customer, as its contract describes it. Days are counted back from the demo's today.
 *
 * @param seats users under contract at first
 * @param seatPrice dollars a seat and year
 * @param devotion how much of its archetype's activity it shows, 0 to 1
 * @param breadth how many core features it uses when fully active
 * @param contractDaysAgo when its contract facts begin
 * @param usageDaysAgo when its usage begins
 * @param renewedDaysAgo when its contract began or was last renewed, for a year
 * @param turn when its archetype's turn comes
 * @param leftDaysAgo when the customer left; 0 for one that has not
 * @param seed of its own randomness, so that no account depends on another
 */
record DemoAccount(
    String id,
    String name,
    String owner,
    String segment,
    Archetype archetype,
    int seats,
    int seatPrice,
    double devotion,
    int breadth,
    int contractDaysAgo,
    int usageDaysAgo,
    int renewedDaysAgo,
    int turn,
    int leftDaysAgo,
    long seed) {

  Pace pace(int daysAgo) {
    Pace pace = archetype.pace(daysAgo, turn);
    return pace.withActivity(pace.activity() * devotion);
  }

  int seatsAt(int daysAgo) {
    return Math.max(1, (int) Math.round(seats * archetype.seats(daysAgo, turn)));
  }

  boolean hasChampion(int daysAgo) {
    return archetype != Archetype.CHAMPION_LEFT || daysAgo > turn;
  }

  LocalDate renewal(LocalDate today) {
    return today.minusDays(renewedDaysAgo).plusYears(1);
  }
}
