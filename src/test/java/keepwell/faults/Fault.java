package keepwell.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import keepwell.faults.CommitFaults.Cut;

/** What can go wrong. */
enum Fault {
  NODE_KILLED {
    @Override
    void inject(Fleet fleet, Host host, Random random, double length) {
      host.kill(seconds(random.nextInt(15) * length));
    }
  },
  NODE_STOPPED {
    @Override
    void inject(Fleet fleet, Host host, Random random, double length) {
      host.signal("TERM");
    }
  },
  NODE_PAUSED {
    @Override
    void inject(Fleet fleet, Host host, Random random, double length) throws InterruptedException {
      pause(host, 5 * length);
    }
  },
  NODE_PAUSED_FOR_LONG {
    @Override
    void inject(Fleet fleet, Host host, Random random, double length) throws InterruptedException {
      pause(host, 30 * length);
    }
  },
  DATABASE_CRASHED {
    @Override
    void inject(Fleet fleet, Host host, Random random, double length)
        throws IOException, InterruptedException {
      fleet.postgres().crash();
    }
  },
  CUT_BEFORE_COMMIT {
    @Override
    void inject(Fleet fleet, Host host, Random random, double length) {
      fleet.commits().arm(Cut.BEFORE, 1 + random.nextInt(5));
    }
  },
  CUT_AFTER_COMMIT {
    @Override
    void inject(Fleet fleet, Host host, Random random, double length) {
      fleet.commits().arm(Cut.AFTER, 1 + random.nextInt(5));
    }
  },
  LATE_COMMIT {
    @Override
    void inject(Fleet fleet, Host host, Random random, double length) {
      fleet.commits().arm(Cut.LATE, 1 + random.nextInt(3));
    }
  },
  NODE_CUT_OFF {
    @Override
    void inject(Fleet fleet, Host host, Random random, double length) throws InterruptedException {
      fleet.cutOff(host);
      Thread.sleep(seconds(30 * length).toMillis());
      fleet.heal();
    }
  };

  /**
   * Lets it happen, and ends it if it does not end by itself.
   *
   * @param host that it happens to, if it happens to one
   * @param length 1, or less for what lasts shorter
   */
  abstract void inject(Fleet fleet, Host host, Random random, double length)
      throws IOException, InterruptedException;

  private static void pause(Host host, double seconds) throws InterruptedException {
    host.signal("STOP");
    Thread.sleep(seconds(seconds).toMillis());
    host.signal("CONT");
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
