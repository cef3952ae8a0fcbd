package keepwell.playbook;

import java.util.List;
import java.util.Optional;

/** Something that a playbook does. */
public sealed interface Step {

  /** By what people are told. */
  enum Channel {
    SLACK("slack"),
    EMAIL("email"),
    WEBHOOK("webhook");

    private final String name;

    Channel(String name) {
      this.name = name;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * Tells somebody.
   *
   * @param template of {@code conf/templates}; webhooks are told everything, in no words
   * @param to recipients of e-mail: addresses, names of {@link PlaybookDocument#people}, or {@link
   *     #OWNER}
   */
  record Notify(Channel channel, String template, List<String> to) implements Step {
    public Notify {
      to = List.copyOf(to);
    }
  }

  /**
   * Gives the account's owner something to do.
   *
   * @param dueDays after it is given
   * @param owner who gets it whoever owns the account
   */
  record GiveTask(
      String title, int dueDays, Optional<String> owner, Optional<Escalation> escalation)
      implements Step {}

  /**
   * What is done about a task that is overdue.
   *
   * @param afterDays for which it is
   * @param owner who gets it then
   */
  record Escalation(int afterDays, Optional<String> owner, List<Notify> steps) {
    public Escalation {
      steps = List.copyOf(steps);
    }
  }

  /**
   * Invites to a meeting, on a working day at ten in the morning.
   *
   * @param inDays when, or up to two days later
   * @param minutes that it lasts
   */
  record Invite(String title, int inDays, int minutes, List<String> to) implements Step {
    public Invite {
      to = List.copyOf(to);
    }
  }

  /** What is done if the account has not recovered after so many days. */
  record FollowUp(int afterDays, List<Step> steps) implements Step {
    public FollowUp {
      steps = List.copyOf(steps);
    }
  }

  /** Stands for who owns the account. */
  String OWNER = "owner";
}
