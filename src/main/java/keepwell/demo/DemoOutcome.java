package keepwell.demo;

import java.time.LocalDate;
import java.util.Optional;

/**
 * One line of newline-delimited JSON for {@code POST /v1/outcomes}.
 *
 * @param at a date, UTC
 */
record DemoOutcome(String account, String outcome, String at) {

  /** What became of a customer in the last months; empty if it was not to decide. */
  static Optional<DemoOutcome> of(DemoAccount account, LocalDate today) {
    if (account.leftDaysAgo() > 0) {
      return Optional.of(of(account, "churned", today.minusDays(account.leftDaysAgo())));
    }
    int renewed = account.renewedDaysAgo();
    if (renewed == account.contractDaysAgo() || renewed > DemoPortfolio.OUTCOME_DAYS) {
      return Optional.empty();
    }
    int more = account.seatsAt(renewed) - account.seats();
    String outcome = more > 0 ? "expanded" : more < 0 ? "downgraded" : "renewed";
    return Optional.of(of(account, outcome, today.minusDays(renewed)));
  }

  private static DemoOutcome of(DemoAccount account, String outcome, LocalDate day) {
    return new DemoOutcome(account.id(), outcome, day.toString());
  }
}
