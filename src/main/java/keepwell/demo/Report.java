package keepwell.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.net.URI;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What the demo has to tell about the standings that the node answered. */
final class Report {
  private static final int AT_RISK_MAX = 10;
  private static final int LOOK_BACK_DAYS = 60;
  private static final String NO_SCORE = "no score";

  private final PrintStream out;
  private final List<JsonNode> standings;

  Report(PrintStream out, List<JsonNode> standings) {
    this.out = out;
    this.standings = standings;
  }

  /** How many accounts are in each tier, in the scorecard's order. */
  void printTiers(JsonNode tiers) {
    out.println();
    for (JsonNode tier : tiers) {
      printTier(tier.path("key").asText());
    }
    printTier(NO_SCORE);
  }

  private void printTier(String tier) {
    long accounts =
        standings.stream().filter(s -> tier.equals(s.path("tier").asText(NO_SCORE))).count();
    out.printf(
        Locale.ROOT, "%-9s %4d  %3d %%%n", tier, accounts, 100 * accounts / standings.size());
  }

  /** Who needs somebody first, why, and how to ask for more. */
  void printAtRisk(URI baseUri, LocalDate today) {
    List<AtRisk> atRisk =
        standings.stream()
            .filter(standing -> standing.path("score").isNumber())
            .map(AtRisk::of)
            .sorted(Comparator.comparingDouble(AtRisk::score))
            .limit(AT_RISK_MAX)
            .toList();
    out.printf(Locale.ROOT, "%nMost at risk%n%s", AtRisk.HEADING);
    atRisk.forEach(line -> out.print(line.line()));
    if (atRisk.isEmpty()) {
      return;
    }
    URI account = baseUri.resolve("/v1/accounts/" + atRisk.get(0).id());
    out.printf(Locale.ROOT, "%nAll about one of them:       curl '%s'%n", account);
    out.printf(
        Locale.ROOT,
        "The same, %d days earlier:   curl '%s?asOf=%s'%n",
        LOOK_BACK_DAYS,
        account,
        today.minusDays(LOOK_BACK_DAYS));
  }

  /** How to have the accounts scored in another way, and to see first what that does; and more. */
  void printEnd(URI baseUri) {
    out.printf(
        Locale.ROOT,
        """

        Let business outcomes weigh 60, not 20: see what that does, then do it. Its progress shows here and on every page.
          curl -s %1$s/v1/scorecards | sed 's/"weight":20/"weight":60/' > changed.json
          curl -H 'content-type: application/json' -d @changed.json %1$s/v1/scorecards/preview
          curl -X PUT -H 'content-type: application/json' -d @changed.json %1$s/v1/scorecards

        Everything that it can do:    %1$s/docs
        It stays up until you end it, with Ctrl-C.
        """,
        baseUri);
  }

  /** What there is to do now. */
  void printWork(URI baseUri, JsonNode tasks) {
    out.printf(Locale.ROOT, "%n%d tasks are open:            %s/today%n", tasks.size(), baseUri);
  }

  /** Whether the score told who would leave. */
  void printTruth(URI baseUri, JsonNode validation) {
    out.printf(
        Locale.ROOT,
        "%d customers stayed, %d left:  %s/truth%n%s%n",
        validation.path("renewed").asLong(),
        validation.path("churned").asLong(),
        baseUri,
        validation.path("says").asText());
  }
}
