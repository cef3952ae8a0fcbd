package keepwell.outreach;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import keepwell.journal.Columns;

/**
 * Contents as they are stored: what webhooks and Slack are sent as it is sent, and e-mails by their
 * parts.
 */
final class ContentJson {
  /** All of an e-mail. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record MailRow(
      List<String> to, String subject, String text, String html, InvitationRow invitation) {
    static MailRow of(Content.Mail mail) {
      return new MailRow(
          mail.to(),
          mail.subject(),
          mail.text(),
          mail.html(),
          mail.invitation().map(InvitationRow::of).orElse(null));
    }

    Content.Mail mail() {
      return new Content.Mail(
          to, subject, text, html, Optional.ofNullable(invitation).map(InvitationRow::invitation));
    }
  }

  /** Instants are in epoch milliseconds. */
  private record InvitationRow(
      String uid, long at, long start, long end, String summary, String description) {
    static InvitationRow of(Invitation one) {
      return new InvitationRow(
          one.uid(),
          one.at().toEpochMilli(),
          one.start().toEpochMilli(),
          one.end().toEpochMilli(),
          one.summary(),
          one.description());
    }

    Invitation invitation() {
      return new Invitation(
          uid,
          Instant.ofEpochMilli(at),
          Instant.ofEpochMilli(start),
          Instant.ofEpochMilli(end),
          summary,
          description);
    }
  }

  private ContentJson() {}

  static String text(Content content) {
    if (content instanceof Content.Mail mail) {
      return Columns.json(MailRow.of(mail));
    }
    Map<String, Object> parts = new LinkedHashMap<>();
    if (content instanceof Content.Slack slack) {
      parts.put("text", slack.text());
      parts.put("blocks", slack.blocks());
    } else if (content instanceof Content.Hook hook) { // by Standard Webhooks 1.0.0
      parts.put("type", hook.type().toString());
      parts.put("timestamp", hook.at().toString());
      parts.put("data", hook.data());
    }
    return Columns.json(parts);
  }

  /**
   * @throws IllegalStateException if nobody wrote that
   */
  static Content.Mail mail(String json) {
    return Columns.read(json, MailRow.class).mail();
  }
}
