package keepwell.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import keepwell.journal.JournalInsert.EventKey;
import keepwell.journal.WriteQueue.Write;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that store what has gathered in a {@link WriteQueue} while they were storing what was
 * before: so the more there is to do, the more is done by one commit. Of those that cannot be
 * stored each is looked for, at last by halves, and all others are stored. Where it is not known
 * what became of a commit, all that was in it fails: the accounts learn from the journal.
 */
final class JournalWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
  private static final Duration LAST_WRITES_MAX = Duration.ofSeconds(5);

  private final WriteQueue queue;
  private final DataSource connections;
  private final JournalInsert insert;
  private final List<Thread> threads;

  /**
   * @param threads how many, and so how many commits at once
   */
  JournalWriter(WriteQueue queue, DataSource connections, JournalInsert insert, int threads) {
    this.queue = queue;
    this.connections = connections;
    this.insert = insert;
    this.threads = IntStream.range(0, threads).mapToObj(this::started).toList();
  }

  private Thread started(int number) {
    Thread thread = new Thread(this::write, "keepwell-journal-" + (number + 1));
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void write() {
    try {
      for (List<Write> taken = queue.take(); !taken.isEmpty(); taken = queue.take()) {
        store(taken);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void store(List<Write> writes) {
    try (Connection connection = connections.getConnection()) {
      insert.insert(connection, rows(writes));
    } catch (SQLException e) {
      if (!isOfTheData(e)) {
        queue.failed(writes, e);
      } else if (writes.size() == 1) {
        queue.refused(writes.get(0), e);
      } else {
        storeWithout(guilty(writes), writes, e);
      }
      return;
    } catch (RuntimeException | Error e) {
      queue.failed(writes, e); // or those who wait would wait for ever
      return;
    }
    queue.stored(writes);
  }

  /** Those whose place is taken; none if that cannot be told. */
  private Set<Write> guilty(List<Write> writes) {
    try (Connection connection = connections.getConnection()) {
      Set<EventKey> taken = insert.taken(connection, rows(writes));
      return writes.stream()
          .filter(write -> write.rows().stream().map(EventKey::of).anyMatch(taken::contains))
          .collect(Collectors.toSet());
    } catch (SQLException e) {
      return Set.of();
    }
  }

  private void storeWithout(Set<Write> guilty, List<Write> writes, SQLException cause) {
    if (guilty.isEmpty()) {
      int half = writes.size() / 2;
      store(writes.subList(0, half));
      store(writes.subList(half, writes.size()));
      return;
    }
    guilty.forEach(write -> queue.refused(write, cause));
    List<Write> others = writes.stream().filter(write -> !guilty.contains(write)).toList();
    if (!others.isEmpty()) {
      store(others);
    }
  }

  private static List<JournalRow> rows(List<Write> writes) {
    List<JournalRow> rows = new ArrayList<>();
    writes.forEach(write -> rows.addAll(write.rows()));
    return rows;
  }

  private static boolean isOfTheData(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    return state.startsWith("23") || state.startsWith("22"); // violated constraints, bad values
  }

  /** Ends them, once they have stored what waits. */
  @Override
  public void close() {
    queue.close();
    try {
      for (Thread thread : threads) {
        thread.join(LAST_WRITES_MAX.toMillis());
        if (thread.isAlive()) {
          LOG.atWarn().log("Journal is still being written");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
