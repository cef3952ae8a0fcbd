package keepwell.dashboard.account;

import java.util.List;
import java.util.Optional;
import keepwell.playbook.Playbook;
import keepwell.playbook.PlaybookDocument;
import keepwell.playbook.Run;
import keepwell.playbook.Task;
import keepwell.portfolio.Listed;

/**
 * What others know of an account.
 *
 * @param feed the id of the last tier change that is surely known
 * @param listed as the portfolio has it; empty if it has not come to it yet
 * @param open tasks, those that are due first come first
 * @param done tasks that were done lately, the latest first
 * @param runs the newest first
 */
record Beside(
    long feed,
    Optional<Listed> listed,
    Sources sources,
    List<Task> open,
    List<Task> done,
    List<Run> runs,
    PlaybookDocument playbooks) {
  /** How many open tasks are read. */
  static final int TASKS_MAX = 50;

  /** How many runs are read. */
  static final int RUNS_MAX = 10;

  /** What a playbook is called; its key if there is no such one any more. */
  String playbookName(String key) {
    return playbooks.playbook(key).map(Playbook::name).orElse(key);
  }
}
