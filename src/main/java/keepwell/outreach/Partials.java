package keepwell.outreach;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import keepwell.outreach.Templates.UnusableException;

/**
 * What templates share, by the names of its files. All are read beforehand: no name leads anywhere
 * else.
 */
final class Partials implements Mustache.TemplateLoader {
  private static final String FOLDER = "partials/";

  /** Far more than a template has, unless one of its partials is within itself. */
  private static final int IN_TEMPLATE_MAX = 100;

  private final Map<String, String> texts = new TreeMap<>();

  /**
   * Reads those of a folder of templates, which may have none.
   *
   * @throws UnusableException naming a file that cannot be read, or is no Mustache
   */
  static Partials load(Path templates) throws IOException, UnusableException {
    Partials partials = new Partials();
    Path folder = templates.resolve(FOLDER);
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (String name : files.map(file -> file.getFileName().toString()).sorted().toList()) {
          if (name.endsWith(Templates.TEXT) || name.endsWith(Templates.HTML)) {
            partials.add(name, TemplateFile.read(templates, FOLDER + name, partials));
          }
        }
      }
    }
    return partials;
  }

  private void add(String name, TemplateFile file) throws UnusableException {
    try {
      Mustache.compiler().compile(file.text());
    } catch (MustacheException e) {
      throw file.unusable(e);
    }
    texts.put(name, file.text());
  }

  @Override
  public Reader getTemplate(String name) {
    String text = texts.get(name);
    if (text == null) {
      throw new MustacheException("there is no " + FOLDER + name);
    }
    return new StringReader(text);
  }

  /** Goes into all partials of a template, also where no sample leads: each has to be there. */
  static void follow(Template template) {
    template.visit(new Follower());
  }

  private static final class Follower implements Mustache.Visitor {
    private int partials;

    @Override
    public boolean visitInclude(String name) {
      partials++;
      if (partials > IN_TEMPLATE_MAX) {
        throw new MustacheException(FOLDER + name + " has no end");
      }
      return true;
    }

    @Override
    public boolean visitParent(String name) {
      return visitInclude(name);
    }

    @Override
    public boolean visitBlock(String name) {
      return true;
    }

    @Override
    public boolean visitSection(String name) {
      return true;
    }

    @Override
    public boolean visitInvertedSection(String name) {
      return true;
    }

    @Override
    public void visitText(String text) {}

    @Override
    public void visitVariable(String name) {}
  }
}
