package keepwell.outreach;

import java.util.List;
import java.util.Map;

/**
 * What templates of a kind are tried with: each name that they may use.
 *
 * @param full with all that there can be
 * @param least without whatever may be missing
 * @param slack whether there is a document for Slack among them
 */
public record SampleModel(Map<String, ?> full, Map<String, ?> least, boolean slack) {
  private static final Map<String, Object> FULL =
      Map.ofEntries(
          Map.entry("account", account("Acme", "dana", "enterprise", 120_000, "2027-06-30")),
          Map.entry("score", 41.5),
          Map.entry("previousScore", 66.0),
          Map.entry("tier", "Critical"),
          Map.entry("previousTier", "Healthy"),
          Map.entry("playbook", "Critical accounts"),
          Map.entry("trigger", "moved from Healthy to Critical on 30 November 2026"),
          Map.entry(
              "reasons",
              List.of(
                  Map.of("name", "Days with a login", "lost", 19.0),
                  Map.of("name", "Active users per seat", "lost", 15.0))),
          Map.entry("actions", List.of(Map.of("name", "Days with a login", "gain", 19.0))),
          Map.entry(
              "task",
              Map.of("title", "Call the champion", "owner", "dana", "dueAt", "1 December 2026")),
          Map.entry(
              "held",
              Map.of(
                  "accounts",
                  420,
                  "since",
                  "30 November 2026, 08:00 UTC",
                  "why",
                  "logins have stopped coming in",
                  "playbooks",
                  List.of(Map.of("name", "Critical accounts", "runs", 420)))),
          Map.entry("link", "https://keepwell.example/accounts/acme"));

  private static final Map<String, Object> LEAST =
      Map.ofEntries(
          Map.entry("account", account("", "", "", "", "")),
          Map.entry("score", ""),
          Map.entry("previousScore", ""),
          Map.entry("tier", ""),
          Map.entry("previousTier", ""),
          Map.entry("playbook", "Critical accounts"),
          Map.entry("trigger", ""),
          Map.entry("reasons", List.of()),
          Map.entry("actions", List.of()),
          Map.entry("link", ""));

  /** Of messages about an account, and of digests. */
  static final SampleModel MESSAGE = new SampleModel(FULL, LEAST, true);

  private static Map<String, Object> account(
      String name, String owner, String segment, Object arr, String renewalOn) {
    return Map.of(
        "id",
        "acme",
        "name",
        name,
        "owner",
        owner,
        "segment",
        segment,
        "arr",
        arr,
        "renewalOn",
        renewalOn);
  }
}
