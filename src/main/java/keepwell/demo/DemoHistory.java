package keepwell.demo;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Plays one account's life up to the end of yesterday, and writes down the signals it sends. */
final class DemoHistory {
  private static final double LOGIN_CHANCE = 0.135;
  private static final double CHAMPION_LOGIN_CHANCE = 0.7;
  private static final double FEATURE_USE_CHANCE = 0.11;
  private static final double HOURS_WEEKLY = 2.7;
  private static final double PRICE_RISE = 1.05;

  private final DemoAccount account;
  private final LocalDate today;
  private final Random random;
  private final List<DemoSignal> signals = new ArrayList<>();
  private int seats;
  private double adoptionDue;
  private double ticketDue;
  private int adopted;
  private boolean priceRaised;

  private DemoHistory(DemoAccount account, LocalDate today) {
    this.account = account;
    this.today = today;
    this.random = new Random(~account.seed());
    this.adoptionDue = random.nextDouble();
    this.ticketDue = random.nextDouble();
  }

  /** Every signal of some accounts, by its time. */
  static List<DemoSignal> of(List<DemoAccount> accounts, LocalDate today) {
    List<DemoSignal> signals = new ArrayList<>();
    accounts.forEach(account -> signals.addAll(signals(account, today)));
    signals.sort(Comparator.comparing(DemoSignal::at));
    return signals;
  }

  /**
   * Every signal of the account, each dated before the start of {@code today}; none after the day
   * on which the customer left.
   */
  static List<DemoSignal> signals(DemoAccount account, LocalDate today) {
    var history = new DemoHistory(account, today);
    int last = Math.max(1, account.leftDaysAgo());
    for (int daysAgo = account.contractDaysAgo(); daysAgo >= last; daysAgo--) {
      history.contract(daysAgo);
      if (daysAgo <= account.usageDaysAgo()) {
        history.usage(daysAgo);
        history.support(daysAgo);
      }
    }
    return history.signals;
  }

  private void contract(int daysAgo) {
    boolean first = daysAgo == account.contractDaysAgo();
    boolean renewed = daysAgo == account.renewedDaysAgo();
    int seatsBefore = seats;
    if (first || renewed || daysAgo % 28 == 0) {
      seats = account.seatsAt(daysAgo);
    }
    if (seats != seatsBefore) {
      send("seats", seats, daysAgo);
    }
    priceRaised |= renewed && !first;
    if (first || renewed || seats > seatsBefore) {
      double price = account.seatPrice() * (priceRaised ? PRICE_RISE : 1);
      send("arr", Math.round(price * seats), daysAgo);
    }
    if (first || renewed) {
      LocalDate renewal = account.renewal(today);
      send("renewal-date", (renewed ? renewal : renewal.minusYears(1)).toString(), daysAgo);
    }
  }

  private void usage(int daysAgo) {
    Pace pace = account.pace(daysAgo);
    double active = pace.activity() * seats;
    if (isWorkday(daysAgo)) {
      logins(active, daysAgo);
      coreFeatures(Math.sqrt(pace.activity()) * account.breadth(), daysAgo);
    }
    if (daysAgo % 7 == 1) {
      double hours = active * HOURS_WEEKLY * (0.4 + 0.6 * pace.activity()) * noise();
      send("hours", Math.round(hours * 10) / 10.0, daysAgo);
    }
    adoptionDue += pace.adoptions() / 91;
    if (adoptionDue >= 1) {
      adoptionDue -= noise();
      String feature = DemoFeatures.NEW.get(adopted++ % DemoFeatures.NEW.size());
      send("feature-adopted", 1, at(daysAgo), null, feature);
    }
  }

  /**
   * Users are called u1, u2 and on, by zeal; u1 is the champion. A fraction of a user is a chance.
   */
  private void logins(double active, int daysAgo) {
    for (int user = account.hasChampion(daysAgo) ? 1 : 2; user < active + 1; user++) {
      double chance = user == 1 ? CHAMPION_LOGIN_CHANCE : LOGIN_CHANCE;
      if (random.nextDouble() < chance * Math.min(1, active + 1 - user)) {
        send("login", 1, at(daysAgo), "u" + user, null);
      }
    }
  }

  private void coreFeatures(double breadth, int daysAgo) {
    for (int feature = 0; feature < breadth; feature++) {
      if (random.nextDouble() < FEATURE_USE_CHANCE) {
        send("core-feature", 1, at(daysAgo), null, DemoFeatures.CORE.get(feature));
      }
    }
  }

  private void support(int daysAgo) {
    Pace pace = account.pace(daysAgo);
    ticketDue += pace.tickets() / 28;
    if (ticketDue >= 1) {
      ticketDue -= noise();
      Instant opened = at(daysAgo);
      send("ticket", 1, opened, null, null);
      long minutes = Math.round(pace.resolutionHours() * 60 * noise());
      Instant resolved = opened.plusSeconds(60 * minutes);
      if (resolved.isBefore(today.atStartOfDay().toInstant(ZoneOffset.UTC))) {
        send("ticket-resolved", Math.round(minutes / 6.0) / 10.0, resolved, null, null);
      }
    }
  }

  private boolean isWorkday(int daysAgo) {
    return today.minusDays(daysAgo).getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0;
  }

  /** A factor around 1. */
  private double noise() {
    return 0.75 + random.nextDouble() / 2;
  }

  private Instant at(int daysAgo) {
    int second = 7 * 3600 + random.nextInt(12 * 3600);
    return today.minusDays(daysAgo).atStartOfDay().plusSeconds(second).toInstant(ZoneOffset.UTC);
  }

  private void send(String signal, Object value, int daysAgo) {
    send(signal, value, at(daysAgo), null, null);
  }

  private void send(String signal, Object value, Instant at, String user, String item) {
    String id = account.id() + "-" + (signals.size() + 1);
    signals.add(new DemoSignal(account.id(), signal, value, at.toString(), user, item, id));
  }
}
