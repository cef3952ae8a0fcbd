package keepwell.http;

import keepwell.playbook.Playbook;
import keepwell.playbook.Results;

/**
 * What has come of a playbook's runs as public JSON.
 *
 * @param days runs that began in the last so many are counted
 * @param within days within which an account is to recover
 * @param successRate 0 to 1, of the runs that are decided; null if none is
 * @param daysToRecovery the median
 */
record ResultsBody(
    String playbook,
    String name,
    int days,
    int within,
    long runs,
    long open,
    long succeeded,
    long stillDown,
    long churned,
    long renewed,
    Double successRate,
    Integer daysToRecovery,
    AdviceBody advice) {

  /** What the rate says. */
  record AdviceBody(String verdict, String sentence) {}

  static ResultsBody of(Playbook playbook, int days, Results results) {
    return new ResultsBody(
        playbook.key(),
        playbook.name(),
        days,
        results.withinDays(),
        results.runs(),
        results.open(),
        results.succeeded(),
        results.stillDown(),
        results.churned(),
        results.renewed(),
        results.successRate().isPresent() ? results.successRate().getAsDouble() : null,
        results.daysToRecovery().isPresent() ? results.daysToRecovery().getAsInt() : null,
        new AdviceBody(Json.text(results.advice()).replace('_', '-'), results.advice().sentence()));
  }
}
