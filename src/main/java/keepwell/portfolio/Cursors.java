package keepwell.portfolio;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import keepwell.journal.Columns;
import keepwell.journal.Seal;
import keepwell.portfolio.AccountQuery.Sort;

/** Where a page of accounts ended, as a text that only the same query can go on from. */
final class Cursors {
  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

  private final Seal seal;

  /** As it is sealed; names are in base64. */
  private record Stored(String query, List<Object> values, String account) {}

  Cursors(Seal seal) {
    this.seal = seal;
  }

  String cursor(AccountQuery query, Listed last) {
    List<Object> values = new ArrayList<>();
    for (Sort sort : query.sorts()) {
      values.add(value(sort.key(), last));
    }
    Stored stored = new Stored(text(query), values, last.account());
    return TEXT.encodeToString(seal.close(Columns.utf8(Columns.json(stored))));
  }

  private static Object value(AccountQuery.Key key, Listed listed) {
    return switch (key) {
      case SCORE -> listed.score().orElse(null);
      case ARR -> listed.arr().orElse(null);
      case TREND -> listed.trend30().orElse(null);
      case RENEWAL -> listed.renewalOn().orElse(null);
      case NAME -> Columns.folded(listed.name());
    };
  }

  /** Empty if the cursor is not ours, was changed, or is of another query. */
  Optional<Place> place(AccountQuery query, String cursor) {
    byte[] closed;
    try {
      closed = Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (!TEXT.encodeToString(closed).equals(cursor)) { // bits of the last letter that say nothing
      return Optional.empty();
    }
    return seal.open(closed)
        .map(open -> Columns.read(Columns.text(open), Stored.class))
        .filter(stored -> stored.query.equals(text(query)))
        .map(stored -> new Place(values(query.sorts(), stored.values), stored.account));
  }

  private static List<Object> values(List<Sort> sorts, List<Object> stored) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < stored.size(); i++) {
      Object value = stored.get(i);
      values.add(
          sorts.get(i).key() == AccountQuery.Key.NAME
              ? Base64.getDecoder().decode((String) value)
              : value);
    }
    return values;
  }

  private String text(AccountQuery query) {
    return seal.key(query.withoutPlace().toString());
  }
}
