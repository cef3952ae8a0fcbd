package keepwell.playbook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import keepwell.health.Fault;
import keepwell.health.Node;
import keepwell.health.ScorecardReader;
import keepwell.playbook.Step.Channel;

/** Reads a document of playbooks and finds every fault in it. */
public final class PlaybookReader {
  private static final int PLAYBOOKS_MAX = 100;
  private static final int STEPS_MAX = 50;
  private static final int FOLLOW_UP_DEPTH_MAX = 3;
  private static final int DAYS_MAX = 365;

  private static final int TITLE_LENGTH_MAX = 200;
  private static final int ADDRESS_LENGTH_MAX = 254;
  private static final int MINUTES = 30;
  private static final int MINUTES_MAX = 480;
  private static final double ARR_MAX = 1e15;

  /** What a playbook has none of that concerns no account. */
  private static final List<String> OF_ACCOUNTS =
      List.of("when", "arrAtLeast", "coolDown", "owner");

  private static final String TEMPLATE = "alert";
  private static final Pattern ADDRESS =
      Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");

  private final Set<String> templates;
  private Map<String, String> people = Map.of();

  private PlaybookReader(Set<String> templates) {
    this.templates = templates;
  }

  /**
   * The playbooks of a document; where it has faults they are added to the list given, and what is
   * returned is of no use.
   *
   * @param document parsed into maps, lists, texts, numbers and booleans; it may have the version
   *     and the warnings that an earlier answer gave it, which are not used
   * @param templates that there are for messages
   */
  public static PlaybookDocument read(
      Object document, int version, Set<String> templates, Set<Fault> faults) {
    return new PlaybookReader(templates).read(Node.root(document, faults), version);
  }

  /** Whether a text is an e-mail address as most are (a part of RFC 5321). */
  public static boolean isAddress(String text) {
    return text.length() <= ADDRESS_LENGTH_MAX && ADDRESS.matcher(text).matches();
  }

  private PlaybookDocument read(Node document, int version) {
    Node root = document.object("version", "people", "digestTo", "playbooks", "warnings");
    root.field("version").optionalNumber(0, Integer.MAX_VALUE);
    people = people(root.field("people"));
    List<Node> nodes = root.field("playbooks").elements();
    if (!root.field("playbooks").exists()) {
      root.field("playbooks").fault("is missing");
    }
    if (nodes.size() > PLAYBOOKS_MAX) {
      root.field("playbooks").fault("are more than " + PLAYBOOKS_MAX);
    }
    Node.unique(nodes);
    return new PlaybookDocument(
        version,
        people,
        recipients(root.field("digestTo").elements(), false),
        nodes.stream().map(this::playbook).toList());
  }

  private static Map<String, String> people(Node node) {
    Map<String, String> people = new LinkedHashMap<>();
    for (String name : node.fields()) {
      String address = node.field(name).text(ADDRESS_LENGTH_MAX);
      if (!address.isEmpty() && !isAddress(address)) {
        node.field(name).fault("is no e-mail address");
      }
      people.put(name, address);
    }
    return people;
  }

  private Playbook playbook(Node node) {
    node.object("key", "name", "trigger", "when", "arrAtLeast", "coolDown", "owner", "steps");
    String key = node.field("key").text();
    Trigger trigger = TriggerReader.read(node.field("trigger"));
    boolean ofAccounts = !(trigger instanceof Trigger.Quarter);
    if (!ofAccounts) {
      OF_ACCOUNTS.stream()
          .map(node::field)
          .filter(Node::exists)
          .forEach(field -> field.fault("is for accounts only"));
    }
    OptionalDouble arrAtLeast = node.field("arrAtLeast").optionalNumber(0, ARR_MAX);
    Playbook playbook =
        new Playbook(
            key,
            node.field("name").text(key),
            trigger,
            ScorecardReader.when(node.field("when")),
            arrAtLeast,
            node.field("coolDown").days(DAYS_MAX),
            optionalText(node.field("owner")),
            ofAccounts ? steps(node.field("steps"), 0) : reminders(node.field("steps")));
    if (playbook.placed().size() > STEPS_MAX) {
      node.field("steps").fault("are more than " + STEPS_MAX + ", follow-ups included");
    }
    return playbook;
  }

  private static Optional<String> optionalText(Node node) {
    return node.exists() ? Optional.of(node.text(TITLE_LENGTH_MAX)) : Optional.empty();
  }

  private List<Step> steps(Node node, int depth) {
    return node.someElements().stream().map(step -> step(step, depth)).toList();
  }

  private Step step(Node node, int depth) {
    List<String> kinds =
        List.of("notify", "task", "invite", "after").stream()
            .filter(kind -> node.field(kind).exists())
            .toList();
    if (kinds.size() != 1) {
      node.object(
          "notify",
          "template",
          "to",
          "task",
          "due",
          "owner",
          "escalate",
          "invite",
          "in",
          "minutes",
          "after",
          "steps");
      node.fault("has not just one of notify, task, invite and after");
      return new Step.FollowUp(0, List.of());
    }
    return switch (kinds.get(0)) {
      case "notify" -> notify(node);
      case "task" -> task(node);
      case "invite" -> invite(node);
      default -> followUp(node, depth);
    };
  }

  private Step.Notify notify(Node node) {
    node.object("notify", "template", "to");
    Channel channel = node.field("notify").oneOf(List.of(Channel.values()), Channel::toString);
    Node template = node.field("template");
    Node to = node.field("to");
    if (template.exists() && channel != Channel.WEBHOOK) {
      template.oneOf(templates.stream().sorted().toList(), name -> name);
    } else if (template.exists()) {
      template.fault("is for slack and email only");
    }
    if (to.exists() && channel != Channel.EMAIL) {
      to.fault("is for email only");
    }
    return new Step.Notify(channel, template.text(TEMPLATE), recipientsOrOwner(to));
  }

  private List<Step> reminders(Node node) {
    return node.someElements().stream().map(this::reminder).toList();
  }

  private Step reminder(Node node) {
    node.object("notify", "template", "to");
    Channel channel =
        node.field("notify").oneOf(List.of(Channel.SLACK, Channel.EMAIL), Channel::toString);
    Node template = node.field("template");
    Node to = node.field("to");
    if (template.exists()) {
      template.oneOf(List.of(Trigger.Quarter.TEMPLATE), name -> name);
    }
    if (to.exists() && channel != Channel.EMAIL) {
      to.fault("is for email only");
    }
    return new Step.Notify(
        channel,
        Trigger.Quarter.TEMPLATE,
        channel == Channel.EMAIL ? recipients(to.someElements(), false) : List.of());
  }

  private Step task(Node node) {
    node.object("task", "due", "owner", "escalate");
    Node due = node.field("due");
    if (!due.exists()) {
      due.fault("is missing");
    }
    return new Step.GiveTask(
        node.field("task").text(TITLE_LENGTH_MAX),
        due.days(DAYS_MAX),
        optionalText(node.field("owner")),
        escalation(node.field("escalate")));
  }

  private Optional<Step.Escalation> escalation(Node node) {
    if (!node.exists()) {
      return Optional.empty();
    }
    node.object("after", "owner", "steps");
    if (!node.field("owner").exists() && !node.field("steps").exists()) {
      node.fault("has neither owner nor steps");
    }
    return Optional.of(
        new Step.Escalation(
            node.field("after").days(DAYS_MAX),
            optionalText(node.field("owner")),
            node.field("steps").elements().stream().map(this::notify).toList()));
  }

  private Step invite(Node node) {
    node.object("invite", "in", "minutes", "to");
    Node in = node.field("in");
    if (!in.exists()) {
      in.fault("is missing");
    }
    return new Step.Invite(
        node.field("invite").text(TITLE_LENGTH_MAX),
        in.days(DAYS_MAX),
        (int) node.field("minutes").number(1, MINUTES_MAX, MINUTES),
        recipientsOrOwner(node.field("to")));
  }

  private Step followUp(Node node, int depth) {
    node.object("after", "steps");
    if (depth >= FOLLOW_UP_DEPTH_MAX) {
      node.fault("is in more than " + FOLLOW_UP_DEPTH_MAX + " others");
      return new Step.FollowUp(0, List.of());
    }
    return new Step.FollowUp(
        node.field("after").days(DAYS_MAX), steps(node.field("steps"), depth + 1));
  }

  /** Who owns the account, if nobody is named. */
  private List<String> recipientsOrOwner(Node node) {
    return node.exists() ? recipients(node.someElements(), true) : List.of(Step.OWNER);
  }

  /**
   * @param owner whether whoever owns the account may be one
   */
  private List<String> recipients(List<Node> nodes, boolean owner) {
    List<String> recipients = new ArrayList<>();
    for (Node each : nodes) {
      String recipient = each.text(ADDRESS_LENGTH_MAX);
      if (!recipient.isEmpty()
          && !(owner && recipient.equals(Step.OWNER))
          && !people.containsKey(recipient)
          && !isAddress(recipient)) {
        each.fault("is neither an e-mail address nor one of people" + (owner ? " nor owner" : ""));
      }
      recipients.add(recipient);
    }
    return recipients;
  }
}
