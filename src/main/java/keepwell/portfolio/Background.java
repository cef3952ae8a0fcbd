package keepwell.portfolio;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does some work little by little, on a thread of its own, for as long as the node runs. */
public final class Background implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Background.class);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(500);

  private final Step step;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);
  private boolean failing;

  /** A little of the work. */
  @FunctionalInterface
  public interface Step {
    /** Does it; returns how long to wait until the next. */
    Duration run() throws SQLException;
  }

  private Background(String name, Step step) {
    this.step = step;
    this.thread = new Thread(this::run, name);
  }

  /** Begins. */
  public static Background start(String name, Step step) {
    Background background = new Background(name, step);
    background.thread.setDaemon(true);
    background.thread.start();
    return background;
  }

  private void run() {
    while (isOpen()) {
      Duration pause;
      try {
        pause = step.run();
        failing = false;
      } catch (SQLException | RuntimeException e) {
        if (!failing && isOpen()) {
          LOG.atWarn()
              .addKeyValue("work", thread.getName())
              .addKeyValue("problem", e.getMessage())
              .log("Falls behind");
        }
        failing = true;
        pause = PAUSE_AFTER_FAILURE;
      }
      try {
        closing.await(pause.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        closing.countDown();
      }
    }
  }

  private boolean isOpen() {
    return closing.getCount() > 0;
  }

  /** Ends it; waits for the step that is under way. */
  @Override
  public void close() {
    closing.countDown(); // an interrupt would close the file of an embedded database
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
