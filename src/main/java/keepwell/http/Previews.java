package keepwell.http;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import keepwell.health.Scorecards;
import keepwell.health.Warning;
import keepwell.http.DraftReader.Draft;
import keepwell.portfolio.Preview;

/** What drafts would make of all accounts, asked of them while somebody waits. */
public final class Previews {
  private final Rooms rooms;

  public Previews(Rooms rooms) {
    this.rooms = rooms;
  }

  /**
   * What was found.
   *
   * @param inForce the scorecards that the drafts were compared with
   * @param warnings about signals that no account has ever sent
   */
  public record Found(
      Preview preview,
      LocalDate asOf,
      Scorecards inForce,
      List<Draft> drafts,
      List<Warning> warnings) {}

  /**
   * Begins one of the drafts in the body of a request.
   *
   * @param sample how many accounts are asked at most; empty: all
   * @param field under which what was found is in the last line
   * @param shown how it is answered
   */
  public CompletionStage<HttpResponse> answer(
      HttpRequest request, OptionalInt sample, String field, Function<Found, Object> shown) {
    return rooms
        .bodies()
        .json(request)
        .thenApply(DraftReader::read)
        .thenCompose(
            drafts -> rooms.surveys().answer(request, field, () -> begun(drafts, sample, shown)));
  }

  private Surveys.Begun begun(List<Draft> drafts, OptionalInt sample, Function<Found, Object> shown)
      throws SQLException {
    rooms.catalogue().catchUp(CatalogueRoutes.CATCH_UP_MAX);
    Scorecards inForce = rooms.scorecards().current();
    List<String> ids = new ArrayList<>();
    List<Warning> warnings = new ArrayList<>();
    for (Draft draft : drafts) {
      ids.add(rooms.scorecards().drafts().add(draft.document(), rooms.realClock().instant()));
      Set<String> named = new HashSet<>(draft.scorecards().signals().values());
      warnings.addAll(draft.warnings(rooms.catalogue().seen(named)));
    }
    Preview preview =
        new Preview(
            rooms.portfolio(),
            (account, leasts) ->
                rooms.accounts().rounds().preview(account, inForce.version(), ids, leasts),
            1 + drafts.size(),
            sample);
    LocalDate today = LocalDate.ofEpochDay(rooms.days().of(rooms.productClock().instant()));
    return new Surveys.Begun(
        preview.survey()::step,
        () -> shown.apply(new Found(preview, today, inForce, drafts, warnings)));
  }
}
