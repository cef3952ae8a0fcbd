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
  MailTemplate(TemplateFile text, TemplateFile html, SampleModel sample) throws UnusableException {
    String all = text.text();
    int end = all.indexOf('\n');
    if (!all.startsWith(SUBJECT) || end < 0) {
      throw new UnusableException(text.name() + " must begin with a line “Subject: …”");
    }
    TemplateFile first = text.piece(all.substring(SUBJECT.length(), end));
    this.subject = new Words(first, Escaping.NONE, sample);
    TemplateFile rest = text.piece(all.substring(end + 1).stripLeading());
    this.text = new Words(rest, Escaping.NONE, sample);
    this.html = new Words(html, Escaping.HTML, sample);
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
