package keepwell.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.h2.engine.ConnectionInfo;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of an embedded H2. One that was not closed is opened by H2 at the newest state that its
 * header leads to, and that is not always the newest that was written: commits that were answered
 * would be lost. So the newest is looked for in all of the file first, and the header made to lead
 * to it.
 */
final class EmbeddedFile {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedFile.class);
  private static final String SUFFIX = ".mv.db";
  private static final int HEADER_BYTES = 4096;

  /** Stands in the header of a file that was closed. */
  private static final String CLOSED = ",clean:1,";

  private EmbeddedFile() {}

  /** Makes sure that the database of a URL, if it is in a file, will be opened at its newest. */
  static void recover(String url) {
    ConnectionInfo connection = new ConnectionInfo(url, new Properties(), "", "");
    if (connection.isRemote() || !connection.isPersistent()) {
      return;
    }
    Path file = Path.of(connection.getName() + SUFFIX);
    if (!Files.exists(file) || isClosed(file)) {
      return;
    }
    try (MVStore store =
        new MVStore.Builder()
            .fileName(file.toString())
            .recoveryMode()
            .autoCommitDisabled()
            .open()) {
      LOG.atInfo()
          .addKeyValue("version", store.getCurrentVersion())
          .log("Database was not closed; its newest state is found");
    } catch (MVStoreException e) {
      if (e.getErrorCode() != DataUtils.ERROR_FILE_LOCKED) { // in use: opening it will say so
        LOG.atWarn().addKeyValue("problem", e.getMessage()).log("Database file not looked through");
      }
    }
  }

  private static boolean isClosed(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] header = in.readNBytes(HEADER_BYTES);
      return new String(header, StandardCharsets.ISO_8859_1).contains(CLOSED);
    } catch (IOException e) {
      return false;
    }
  }
}
