package keepwell.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.h2.api.DatabaseEventListener;
import org.h2.engine.ConnectionInfo;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.db.Store;
import org.h2.mvstore.tx.UnfinishedCommits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of an embedded H2, which tells this before it opens it. One that was not closed is
 * opened by H2 at the newest state that its header leads to, and that is not always the newest that
 * was written: commits that were answered would be lost. So the newest is looked for in all of the
 * file first, and the header made to lead to it: whoever opens it, and also when it is opened again
 * because a write has failed.
 */
public final class EmbeddedFile implements DatabaseEventListener {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedFile.class);
  private static final String SUFFIX = ".mv.db";
  private static final int HEADER_BYTES = 4096;

  /** Stands in the header of a file that was closed. */
  private static final String CLOSED = ",clean:1,";

  /** What is added to a URL so that this is told. */
  static final String LISTENING = ";DATABASE_EVENT_LISTENER='" + EmbeddedFile.class.getName() + "'";

  /** H2 creates one for each connection. */
  public EmbeddedFile() {}

  @Override
  public void init(String url) {
    if (isOpening()) {
      recover(url);
    }
  }

  /**
   * Whether the database is being opened. H2 says the same for a further connection to one that is
   * open; and to look into a file that this process has locked is to unlock it.
   */
  private static boolean isOpening() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames.anyMatch(
                    frame ->
                        frame.getClassName().equals(org.h2.engine.Database.class.getName())
                            && frame.getMethodName().equals("<init>")));
  }

  /** Makes sure that the database of a URL, if it is in a file, will be opened at its newest. */
  static void recover(String url) {
    of(url).filter(file -> Files.exists(file) && !isClosed(file)).ifPresent(EmbeddedFile::recover);
  }

  private static void recover(Path file) {
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

  /** Finishes the commits that had begun when the process before this one was killed. */
  static void finishCommits(Connection connection) throws SQLException {
    int finished = UnfinishedCommits.finish(store(connection).getTransactionStore());
    if (finished > 0) {
      LOG.atInfo().addKeyValue("commits", finished).log("Commits that were cut off are finished");
    }
  }

  /** What an embedded H2 keeps its file by. */
  static Store store(Connection connection) throws SQLException {
    SessionLocal session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
    return session.getDatabase().getStore();
  }

  /** The file of a URL; empty if there will be none, or on another machine. */
  static Optional<Path> of(String url) {
    ConnectionInfo connection = new ConnectionInfo(url, new Properties(), "", "");
    return connection.isRemote() || !connection.isPersistent()
        ? Optional.empty()
        : Optional.of(Path.of(connection.getName() + SUFFIX));
  }

  /** How many bytes a file can grow by, as far as its disk is concerned. */
  static long roomBytes(Path file) {
    try {
      return Files.getFileStore(file).getUsableSpace();
    } catch (IOException e) {
      return 0;
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
