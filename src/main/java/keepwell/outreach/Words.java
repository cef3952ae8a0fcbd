package keepwell.outreach;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.util.Locale;
import java.util.Map;

/** A piece of a template: words with values among them, in Mustache. */
final class Words {
  private static final int REPLACEMENT = 0xFFFD;

  /** How a value is written so that it is taken for nothing but text. */
  enum Escaping {
    NONE,
    HTML,

    /** Slack's: nobody is mentioned, and nothing linked. */
    MRKDWN;

    private Mustache.Escaper escaper() {
      return switch (this) {
        case NONE -> Escapers.NONE;
        case HTML -> Escapers.HTML;
        case MRKDWN ->
            Escapers.simple(new String[][] {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}});
      };
    }
  }

  private final Template template;

  /**
   * @param sample what it is tried with
   * @throws Templates.UnusableException if it is no Mustache, or uses a name without a value or a
   *     partial that is not there
   */
  Words(TemplateFile file, Escaping escaping, SampleModel sample)
      throws Templates.UnusableException {
    try {
      Mustache.Compiler compiler = compiler(escaping).withLoader(file.partials());
      this.template = compiler.defaultValue("").compile(file.text());
      Partials.follow(template);
      compiler.strictSections(true).compile(file.text()).execute(sample.full());
      compiler.compile(file.text()).execute(sample.least());
    } catch (MustacheException.Context e) {
      throw new Templates.UnusableException(
          "%s uses %s, for which there is no value".formatted(file.name(), e.key));
    } catch (MustacheException e) {
      throw file.unusable(e);
    }
  }

  private static Mustache.Compiler compiler(Escaping escaping) {
    return Mustache.compiler()
        .withEscaper(escaping.escaper())
        .withFormatter(Words::text)
        .emptyStringIsFalse(true);
  }

  String with(Map<String, ?> model) {
    return template.execute(model);
  }

  /** In one line. */
  String inOneLine(Map<String, ?> model) {
    return line(with(model));
  }

  /** A value as it is shown; numbers to a tenth. */
  private static String text(Object value) {
    if (!(value instanceof Number number)) {
      return line(value.toString());
    }
    String tenths = String.format(Locale.ROOT, "%,.1f", number.doubleValue());
    return tenths.endsWith(".0") ? tenths.substring(0, tenths.length() - 2) : tenths;
  }

  /** A text without what ends a line, turns its direction or is no character. */
  private static String line(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints().map(Words::shown).filter(c -> c >= 0).forEach(line::appendCodePoint);
    return line.toString().strip();
  }

  private static int shown(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
      case Character.SURROGATE -> REPLACEMENT;
      default -> isTurning(c) ? -1 : c;
    };
  }

  private static boolean isTurning(int c) {
    return switch (Character.getDirectionality(c)) {
      case Character.DIRECTIONALITY_LEFT_TO_RIGHT_EMBEDDING,
          Character.DIRECTIONALITY_LEFT_TO_RIGHT_OVERRIDE,
          Character.DIRECTIONALITY_LEFT_TO_RIGHT_ISOLATE,
          Character.DIRECTIONALITY_RIGHT_TO_LEFT_EMBEDDING,
          Character.DIRECTIONALITY_RIGHT_TO_LEFT_OVERRIDE,
          Character.DIRECTIONALITY_RIGHT_TO_LEFT_ISOLATE,
          Character.DIRECTIONALITY_FIRST_STRONG_ISOLATE,
          Character.DIRECTIONALITY_POP_DIRECTIONAL_FORMAT,
          Character.DIRECTIONALITY_POP_DIRECTIONAL_ISOLATE ->
          true;
      default -> false;
    };
  }
}
