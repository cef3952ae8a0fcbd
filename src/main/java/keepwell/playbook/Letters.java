package keepwell.playbook;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import keepwell.outreach.Channel;
import keepwell.outreach.Content;
import keepwell.outreach.EventType;
import keepwell.outreach.Invitation;
import keepwell.outreach.Message;
import keepwell.outreach.Outreach;
import keepwell.outreach.Templates;
import keepwell.playbook.Step.Notify;
import keepwell.playbook.Steps.Due;

/** Words what playbooks tell, and puts it into the outbox. */
final class Letters {
  private static final String INVITATION = "invitation";
  private static final String DIGEST = "digest";
  private static final LocalTime MEETING_AT = LocalTime.of(10, 0);

  private final Outreach outreach;
  private final Templates templates;
  private final Briefing briefing;
  private final PlaybookVersions versions;
  private final InstantSource productClock;
  private final InstantSource realClock;

  Letters(
      Outreach outreach,
      Briefing briefing,
      PlaybookVersions versions,
      InstantSource productClock,
      InstantSource realClock) {
    this.outreach = outreach;
    this.templates = outreach.templates();
    this.briefing = briefing;
    this.versions = versions;
    this.productClock = productClock;
    this.realClock = realClock;
  }

  /**
   * Tells somebody.
   *
   * @param task that it is about
   * @return why nobody is told
   */
  Optional<String> send(Connection connection, Notify notify, Due due, Optional<Task> task)
      throws SQLException {
    if (notify.channel() != Step.Channel.WEBHOOK
        && !templates.names().contains(notify.template())) {
      return Optional.of("there is no such template any more");
    }
    Map<String, Object> model = model(due, task);
    return switch (notify.channel()) {
      case SLACK ->
          outreach.channels().has(Channel.SLACK)
              ? put(connection, due, templates.slack(notify.template(), model))
              : Optional.of("Slack is not configured");
      case EMAIL -> mail(connection, notify.template(), notify.to(), due, model, Optional.empty());
      case WEBHOOK ->
          put(
              connection,
              due,
              new Content.Hook(
                  EventType.PLAYBOOK_NOTIFIED, due.run().beganAt(), data(due, model, task)));
    };
  }

  /** Invites somebody; returns why nobody is invited. */
  Optional<String> send(Connection connection, Step.Invite invite, Due due) throws SQLException {
    Instant now = productClock.instant();
    Instant start = meeting(now, invite.inDays());
    Map<String, Object> model = model(due, Optional.empty());
    Invitation invitation =
        new Invitation(
            "run-%d-%s@keepwell".formatted(due.run().id(), due.row().step()),
            now,
            start,
            start.plus(Duration.ofMinutes(invite.minutes())),
            invite.title() + ": " + Briefing.name(due.standing()),
            String.valueOf(model.get("trigger")));
    return mail(connection, INVITATION, invite.to(), due, model, Optional.of(invitation));
  }

  /** At ten in the morning of a working day. */
  private Instant meeting(Instant now, int inDays) {
    ZonedDateTime at = now.atZone(briefing.zone()).plusDays(inDays).with(MEETING_AT);
    while (at.getDayOfWeek() == DayOfWeek.SATURDAY || at.getDayOfWeek() == DayOfWeek.SUNDAY) {
      at = at.plusDays(1);
    }
    return at.toInstant();
  }

  private Map<String, Object> model(Due due, Optional<Task> task) {
    return briefing.model(due.run(), due.playbook(), due.standing(), due.account(), task);
  }

  private Optional<String> mail(
      Connection connection,
      String template,
      List<String> to,
      Due due,
      Map<String, Object> model,
      Optional<Invitation> invitation)
      throws SQLException {
    if (!outreach.channels().has(Channel.EMAIL)) {
      return Optional.of("e-mail is not configured");
    }
    PlaybookDocument document = versions.current();
    List<String> addresses =
        to.stream()
            .flatMap(
                who -> who.equals(Step.OWNER) ? Steps.owner(due).stream() : List.of(who).stream())
            .flatMap(who -> document.address(who).stream())
            .distinct()
            .toList();
    return addresses.isEmpty()
        ? Optional.of("there is no address to write to")
        : put(connection, due, templates.mail(template, addresses, model, invitation));
  }

  private Optional<String> put(Connection connection, Due due, Content content)
      throws SQLException {
    Message message =
        new Message(
            Optional.of(new Message.About(due.run().persistenceId(), due.run().account())),
            content);
    return outreach.messages().add(connection, List.of(message), realClock.instant()).isEmpty()
        ? Optional.of("nobody wants it")
        : Optional.empty();
  }

  /** Tells those who look after it that runs are held. */
  void tell(Connection connection, StormLog.Digest digest) throws SQLException {
    Map<String, Object> model = briefing.digest(digest, versions.current());
    List<Content> contents = new ArrayList<>();
    contents.add(templates.slack(DIGEST, model));
    List<String> to = versions.current().digestAddresses();
    if (!to.isEmpty()) {
      contents.add(templates.mail(DIGEST, to, model, Optional.empty()));
    }
    outreach
        .messages()
        .add(
            connection,
            contents.stream().map(content -> new Message(Optional.empty(), content)).toList(),
            realClock.instant());
    StormTable.told(connection, digest.storm().id());
  }

  /** What programs are told. */
  private static Map<String, Object> data(Due due, Map<String, Object> model, Optional<Task> task) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("run", due.run().id());
    data.put("playbook", due.playbook().key());
    data.put("account", due.run().account());
    data.put("cause", due.run().cause());
    OptionalDouble score = due.standing().score();
    data.put("score", score.isPresent() ? score.getAsDouble() : null);
    data.put("tier", due.standing().tier().orElse(null));
    data.put("reasons", model.get("reasons"));
    data.put("actions", model.get("actions"));
    task.ifPresent(given -> data.put("task", given.id()));
    return data;
  }
}
