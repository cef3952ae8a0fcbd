package keepwell.outreach;

import jakarta.mail.internet.InternetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Invitations as calendars read them (RFC 5545, RFC 5546). */
final class Calendars {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** Of a line, without its end. */
  private static final int OCTETS_MAX = 75;

  private static final String LINE_END = "\r\n";

  private Calendars() {}

  /** Asks somebody to come. */
  static String request(
      Invitation invitation, InternetAddress organizer, InternetAddress attendee) {
    StringBuilder text = new StringBuilder();
    List.of(
            "BEGIN:VCALENDAR",
            "PRODID:-//Keepwell//Keepwell//EN",
            "VERSION:2.0",
            "CALSCALE:GREGORIAN",
            "METHOD:REQUEST",
            "BEGIN:VEVENT",
            "UID:" + escaped(invitation.uid()),
            "SEQUENCE:0",
            "DTSTAMP:" + utc(invitation.at()),
            "DTSTART:" + utc(invitation.start()),
            "DTEND:" + utc(invitation.end()),
            "SUMMARY:" + escaped(invitation.summary()),
            "DESCRIPTION:" + escaped(invitation.description()),
            "ORGANIZER:mailto:" + organizer.getAddress(),
            "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:"
                + attendee.getAddress(),
            "STATUS:CONFIRMED",
            "END:VEVENT",
            "END:VCALENDAR")
        .forEach(line -> fold(line, text));
    return text.toString();
  }

  private static String utc(Instant instant) {
    return UTC.format(instant);
  }

  /** A text, of which nothing is taken for syntax. */
  private static String escaped(String text) {
    return text.replace("\\", "\\\\")
        .replace(";", "\\;")
        .replace(",", "\\,")
        .replaceAll("\\R", "\\\\n")
        .replaceAll("\\p{Cntrl}", " ");
  }

  /** Adds a line, gone on with after a space where it is too long, never within a character. */
  private static void fold(String line, StringBuilder text) {
    int octets = 0;
    for (int c : line.codePoints().toArray()) {
      String character = Character.toString(c);
      int more = character.getBytes(StandardCharsets.UTF_8).length;
      if (octets + more > OCTETS_MAX) {
        text.append(LINE_END).append(' ');
        octets = 1;
      }
      text.append(character);
      octets += more;
    }
    text.append(LINE_END);
  }
}
