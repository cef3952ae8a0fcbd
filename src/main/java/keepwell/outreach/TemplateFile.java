package keepwell.outreach;

import com.samskivert.mustache.MustacheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import keepwell.outreach.Templates.UnusableException;

/**
 * A file of a template, or a piece of it.
 *
 * @param name by which people know it
 * @param partials that it may name
 */
record TemplateFile(String name, String text, Partials partials) {
  static TemplateFile read(Path folder, String name, Partials partials) throws UnusableException {
    try {
      return new TemplateFile(name, Files.readString(folder.resolve(name)), partials);
    } catch (IOException e) {
      throw new UnusableException(name + " cannot be read");
    }
  }

  TemplateFile piece(String of) {
    return new TemplateFile(name, of, partials);
  }

  /** It is no Mustache. */
  UnusableException unusable(MustacheException why) {
    return new UnusableException("%s is not usable: %s".formatted(name, why.getMessage()));
  }
}
