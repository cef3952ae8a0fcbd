package keepwell.portfolio;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import keepwell.journal.Seal;

/**
 * What some changes add to the sums over accounts, and take from them: so that a portfolio of any
 * size is told in the same time, and the sums are written with few statements.
 */
final class Sums {
  /** The labels by which accounts are summed up, besides all of them. */
  static final List<String> DIMENSIONS = List.of("owner", "segment", "parent");

  private final SumTable bands = new SumTable("band", true, "group", "tier", "dimension", "value");
  private final SumTable renewals = new SumTable("renewal", true, "group", "day", "tier");
  private final SumTable moves =
      new SumTable("move", false, "group", "day", "from_tier", "to_tier");
  private final Seal seal;

  Sums(Seal seal) {
    this.seal = seal;
  }

  /**
   * The accounts that have a value of a label; with empty texts, all accounts.
   *
   * @param key in the tables
   */
  record Group(String key, String dimension, String value) {
    static final Group ALL = new Group("", "", "");

    static Group of(Seal seal, String dimension, String value) {
      return new Group(seal.key(dimension + "/" + value), dimension, value);
    }
  }

  private List<Group> groups(Map<String, String> labels) {
    List<Group> groups = new ArrayList<>();
    groups.add(Group.ALL);
    for (String dimension : DIMENSIONS) {
      if (labels.containsKey(dimension)) {
        groups.add(Group.of(seal, dimension, labels.get(dimension)));
      }
    }
    return groups;
  }

  /**
   * An account is not any more as it was, but as it is now.
   *
   * @param before null if it was not there
   * @param now null if it is not there
   */
  void replace(Listed before, Listed now) {
    if (before != null && now != null && counts(before).equals(counts(now))) {
      return; // mostly: a score has moved
    }
    if (before != null) {
      add(before, -1);
    }
    if (now != null) {
      add(now, 1);
    }
  }

  /** What of an account decides which sums it is in. */
  private static List<Object> counts(Listed listed) {
    return List.of(
        listed.tier(),
        listed.arr(),
        listed.renewalOn(),
        listed.closedAt().isPresent(),
        listed.labels());
  }

  private void add(Listed listed, int sign) {
    if (listed.closedAt().isPresent()) {
      return;
    }
    String tier = listed.tier().orElse("");
    BigDecimal arr =
        BigDecimal.valueOf(sign * listed.arr().orElse(0.0)).setScale(2, RoundingMode.HALF_UP);
    for (Group group : groups(listed.labels())) {
      bands.add(sign, arr, group.key, tier, group.dimension, group.value);
      if (listed.renewalOn().isPresent()) {
        renewals.add(sign, arr, group.key, listed.renewalOn().get(), tier);
      }
    }
  }

  /**
   * A tier change. A first tier is no move, nor is a lost one; nor what a backfill makes of an
   * account, or time of one that is closed: those are quiet.
   *
   * @param day on which it was
   * @param sign −1 for one that is forgotten
   */
  void move(TierChange change, int day, int sign) {
    if (!change.quiet() && change.from().isPresent() && change.to().isPresent()) {
      for (Group group : groups(change.labels())) {
        String from = change.from().get();
        String to = change.to().get();
        moves.add(sign, BigDecimal.ZERO, group.key, day, from, to);
      }
    }
  }

  /** Adds them to the tables. There must be no other who does so at the same time. */
  void write(Connection connection) throws SQLException {
    bands.write(connection);
    renewals.write(connection);
    moves.write(connection);
  }

  /** Takes away what is in the tables: what is left is what they lack. */
  void subtractStored(Connection connection) throws SQLException {
    bands.subtractStored(connection);
    renewals.subtractStored(connection);
    moves.subtractStored(connection);
  }

  /** How many sums there are in these that are not nothing. */
  long count() {
    return bands.count() + renewals.count() + moves.count();
  }
}
