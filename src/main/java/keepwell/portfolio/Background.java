package keepwell.portfolio;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does some work little by little, on a thread of its own, for as long as the node runs. */
final class Background implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Background.class);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(500);

  private final Step step;
  private final Thread thread;
  private volatile boolean closed;
  private boolean failing;

  /** A little of the work. */
  @FunctionalInterface
  interface Step {
    /** Does it; returns how long to wait until the next. */
    Duration run() throws SQLException;
  }

  private Background(String name, Step step) {
    this.step = step;
    this.thread = new Thread(this::run, name);
  }

  /** Begins. */
  static Background start(String name, Step step) {
    Background background = new Background(name, step);
    background.thread.setDaemon(true);
    background.thread.start();
    return background;
  }

  private void run() {
    while (!closed) {
      Duration pause;
      try {
        pause = step.run();
        failing = false;
      } catch (SQLException | RuntimeException e) {
        if (!failing && !closed) {
          LOG.atWarn()
              .addKeyValue("work", thread.getName())
              .addKeyValue("problem", e.getMessage())
              .log("Falls behind");
        }
        failing = true;
        pause = PAUSE_AFTER_FAILURE;
      }
      await(pause);
    }
  }

  private synchronized void await(Duration pause) {
    long end = System.nanoTime() + pause.toNanos();
    try {
      for (long left = pause.toNanos(); left > 0 && !closed; left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  /** Ends it; waits for the step that is under way. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true; // an interrupt would close the file of an embedded database
      notifyAll();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
