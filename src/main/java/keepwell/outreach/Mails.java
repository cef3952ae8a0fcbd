package keepwell.outreach;

import jakarta.activation.DataHandler;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import keepwell.outreach.Content.Mail;

/** E-mails as they are sent: text and HTML beside each other, and an invitation if there is one. */
final class Mails {
  private static final String UTF_8 = StandardCharsets.UTF_8.name();
  private static final String CALENDAR = "text/calendar; method=REQUEST; charset=UTF-8";

  /** Has an id of its own, whenever it is sent. */
  private static final class Identified extends MimeMessage {
    private final String id;

    Identified(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }

  private Mails() {}

  /**
   * @param id the same at every attempt, with what is before and after it
   * @param now real time
   * @throws AddressException if the recipient is none
   */
  static MimeMessage message(
      Session session, Mail mail, InternetAddress from, String id, Instant now)
      throws MessagingException {
    InternetAddress to = address(mail.to().get(0));
    MimeMessage message = new Identified(session, id);
    message.setFrom(from);
    message.setRecipient(RecipientType.TO, to);
    message.setSubject(mail.subject().replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " "), UTF_8);
    message.setHeader(
        "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)));
    message.setHeader("Auto-Submitted", "auto-generated"); // no out-of-office reply (RFC 3834)
    Optional<byte[]> invitation =
        mail.invitation()
            .map(one -> Calendars.request(one, from, to).getBytes(StandardCharsets.UTF_8));
    message.setContent(invitation.isPresent() ? mixed(mail, invitation.get()) : either(mail));
    message.saveChanges();
    return message;
  }

  private static Multipart either(Mail mail, MimeBodyPart... more) throws MessagingException {
    MimeBodyPart text = new MimeBodyPart();
    text.setText(mail.text(), UTF_8, "plain");
    MimeBodyPart html = new MimeBodyPart();
    html.setText(mail.html(), UTF_8, "html");
    Multipart alternative = new MimeMultipart("alternative", text, html);
    for (MimeBodyPart one : List.of(more)) {
      alternative.addBodyPart(one);
    }
    return alternative;
  }

  /** Some programs show the one, others the other. */
  private static Multipart mixed(Mail mail, byte[] invitation) throws MessagingException {
    MimeBodyPart body = new MimeBodyPart();
    body.setContent(either(mail, calendar(invitation)));
    MimeBodyPart attached = calendar(invitation);
    attached.setFileName("invite.ics");
    attached.setDisposition(Part.ATTACHMENT);
    return new MimeMultipart("mixed", body, attached);
  }

  private static MimeBodyPart calendar(byte[] invitation) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setDataHandler(new DataHandler(new ByteArrayDataSource(invitation, CALENDAR)));
    part.setHeader("Content-Type", CALENDAR);
    return part;
  }

  /**
   * Reads an address with a domain, with or without a name before it.
   *
   * @throws AddressException if it is none, or more than one
   */
  static InternetAddress address(String text) throws AddressException {
    if (text.codePoints().anyMatch(Character::isISOControl)) {
      throw new AddressException("it is not one line");
    }
    InternetAddress address = new InternetAddress(text, true);
    if (address.isGroup() || address.getAddress().indexOf('@') < 1) {
      throw new AddressException("it has no domain");
    }
    return address;
  }
}
