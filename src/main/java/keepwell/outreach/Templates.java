package keepwell.outreach;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import keepwell.outreach.Content.Mail;
import keepwell.outreach.Content.Slack;

/**
 * How messages are worded: of each name a text with its subject, an HTML page and a document for
 * Slack, in Mustache; of some reports without the latter. What they share is in {@link Partials}.
 * Values that are missing are empty.
 */
public final class Templates {
  static final String TEXT = ".txt";
  static final String HTML = ".html";
  private static final String SLACK = ".slack.json";

  private final Map<String, MailTemplate> mails = new TreeMap<>();
  private final Map<String, SlackTemplate> slacks = new TreeMap<>();
  private final List<String> names;

  /** Says which file is not usable, and why. */
  public static final class UnusableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableException(String problem) {
      super(problem);
    }
  }

  private Templates(List<String> names) {
    this.names = names;
  }

  /**
   * Reads all templates of a folder, and tries each.
   *
   * @param reports what those of reports are tried with, by their names
   * @throws UnusableException naming a file that is missing or cannot be read, or a name that it
   *     uses and nobody will give a value, or a partial that is not there
   */
  public static Templates load(Path folder, Map<String, SampleModel> reports)
      throws UnusableException {
    try (Stream<Path> files = Files.list(folder)) {
      Partials partials = Partials.load(folder);
      Templates templates =
          new Templates(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(file -> file.endsWith(TEXT))
                  .map(file -> file.substring(0, file.length() - TEXT.length()))
                  .filter(name -> !reports.containsKey(name))
                  .sorted()
                  .toList());
      for (String name : templates.names) {
        templates.add(folder, name, partials, SampleModel.MESSAGE);
      }
      for (Map.Entry<String, SampleModel> report : reports.entrySet()) {
        templates.add(folder, report.getKey(), partials, report.getValue());
      }
      return templates;
    } catch (IOException e) {
      throw new UnusableException("the templates cannot be read: " + e.getMessage());
    }
  }

  private void add(Path folder, String name, Partials partials, SampleModel sample)
      throws UnusableException {
    TemplateFile text = TemplateFile.read(folder, name + TEXT, partials);
    TemplateFile html = TemplateFile.read(folder, name + HTML, partials);
    mails.put(name, new MailTemplate(text, html, sample));
    if (sample.slack()) {
      TemplateFile slack = TemplateFile.read(folder, name + SLACK, partials);
      slacks.put(name, new SlackTemplate(slack, sample));
    }
  }

  /** The names of all but reports: whoever tells of an account chooses among them. */
  public List<String> names() {
    return names;
  }

  /**
   * @param name of a template that is there, and has a document for Slack
   * @param model maps, lists, texts, numbers and booleans, by the names that templates use
   */
  public Slack slack(String name, Map<String, ?> model) {
    return slacks.get(name).rendered(model);
  }

  /**
   * @param name of a template that is there
   * @param to addresses
   */
  public Mail mail(
      String name, List<String> to, Map<String, ?> model, Optional<Invitation> invitation) {
    return mails.get(name).rendered(to, model, invitation);
  }
}
