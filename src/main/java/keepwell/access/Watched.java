package keepwell.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What some files say, as they are now. They change without a restart; as long as they cannot be
 * used it stays as it was.
 */
public final class Watched<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Watched.class);

  private final String name;
  private final List<Path> files;
  private final Reader<T> reader;
  private List<String> seen = List.of();
  private String problem = "";
  private volatile T current;

  /** Makes something of texts. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(List<String> texts) throws UnusableException;
  }

  private Watched(String name, List<Path> files, Reader<T> reader) {
    this.name = name;
    this.files = files;
    this.reader = reader;
  }

  /**
   * Reads files, in UTF-8.
   *
   * @param name for the log
   * @throws UnusableException also if one cannot be read
   */
  public static <T> Watched<T> of(String name, List<Path> files, Reader<T> reader)
      throws UnusableException {
    Watched<T> watched = new Watched<>(name, files, reader);
    watched.look();
    return watched;
  }

  public T current() {
    return current;
  }

  /** Reads the files again if they have changed. */
  public synchronized void refresh() {
    try {
      if (look()) {
        LOG.atInfo().addKeyValue("what", name).log("Files have changed, and are in use");
      }
      problem = "";
    } catch (UnusableException e) {
      if (!e.getMessage().equals(problem)) {
        problem = e.getMessage();
        LOG.atWarn()
            .addKeyValue("what", name)
            .addKeyValue("problem", problem)
            .log("Files have changed, and cannot be used");
      }
    }
  }

  private boolean look() throws UnusableException {
    List<String> texts = new ArrayList<>();
    for (Path file : files) {
      try {
        texts.add(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UnusableException("cannot be read: " + file);
      }
    }
    boolean changed = !texts.equals(seen);
    if (changed) {
      current = reader.read(texts);
      seen = texts;
    }
    return changed;
  }
}
