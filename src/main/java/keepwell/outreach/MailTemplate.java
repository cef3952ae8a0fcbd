package keepwell.outreach;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import keepwell.outreach.Content.Mail;
import keepwell.outreach.Templates.UnusableException;
import keepwell.outreach.Words.Escaping;

/** How an e-mail is worded: a text that begins with its subject, and the same as HTML. */
final class MailTemplate {
  private static final String SUBJECT = "Subject: ";
  private static final int SUBJECT_MAX = 200;

  private final Words subject;
  private final Words text;
  private final Words html;

  /**
   * @param sample what it is tried with
   */
  MailTemplate(
      String textSource, String textFile, String htmlSource, String htmlFile, SampleModel sample)
      throws UnusableException {
    int end = textSource.indexOf('\n');
    if (!textSource.startsWith(SUBJECT) || end < 0) {
      throw new UnusableException(textFile + " must begin with a line “Subject: …”");
    }
    this.subject =
        new Words(textSource.substring(SUBJECT.length(), end), Escaping.NONE, textFile, sample);
    this.text =
        new Words(textSource.substring(end + 1).stripLeading(), Escaping.NONE, textFile, sample);
    this.html = new Words(htmlSource, Escaping.HTML, htmlFile, sample);
  }

  Mail rendered(List<String> to, Map<String, ?> model, Optional<Invitation> invitation) {
    return new Mail(
        to,
        SlackLimits.cut(subject.inOneLine(model), SUBJECT_MAX),
        text.with(model),
        html.with(model),
        invitation);
  }
}
