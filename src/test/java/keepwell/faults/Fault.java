package keepwell.faults;

import java.time.Duration;
import java.util.Random;
import keepwell.faults.CommitFaults.Cut;

/** What can go wrong. */
enum Fault {
  NODE_KILLED {
    @Override
    void inject(Scene scene) {
      scene.host().kill(scene.seconds(scene.random().nextInt(15)));
    }
  },
  NODE_STOPPED {
    @Override
    void inject(Scene scene) {
      scene.host().signal("TERM");
    }
  },
  NODE_PAUSED {
    @Override
    void inject(Scene scene) throws InterruptedException {
      pause(scene, 5);
    }
  },
  NODE_PAUSED_FOR_LONG {
    @Override
    void inject(Scene scene) throws InterruptedException {
      pause(scene, 30);
    }
  },
  NODE_CUT_OFF {
    @Override
    void inject(Scene scene) throws InterruptedException {
      scene.fleet().cutOff(scene.host());
      scene.last(30);
      scene.fleet().heal();
    }
  },
  DATABASE_CRASHED {
    @Override
    void inject(Scene scene) throws Exception {
      scene.fleet().postgres().crash();
    }
  },
  CUT_BEFORE_COMMIT {
    @Override
    void inject(Scene scene) {
      scene.fleet().commits().arm(Cut.BEFORE, 1 + scene.random().nextInt(5));
    }
  },
  CUT_AFTER_COMMIT {
    @Override
    void inject(Scene scene) {
      scene.fleet().commits().arm(Cut.AFTER, 1 + scene.random().nextInt(5));
    }
  },
  LATE_COMMIT {
    @Override
    void inject(Scene scene) {
      scene.fleet().commits().arm(Cut.LATE, 1 + scene.random().nextInt(3));
    }
  },
  EVERY_ACCOUNT_TWICE {
    @Override
    void inject(Scene scene) throws Exception {
      try (Outsider outsider = new Outsider(scene.fleet().postgres().url())) {
        long conflicts = scene.fleet().postgres().conflicts();
        scene.trial().doors().add(outsider);
        scene.last(20);
        scene.trial().until(() -> scene.fleet().postgres().conflicts() > conflicts);
        scene.trial().doors().remove(outsider);
      }
    }
  };

  /**
   * Where it happens.
   *
   * @param host that it happens to, if it happens to one
   * @param length 1, or less for what is to last shorter
   */
  record Scene(Trial trial, Fleet fleet, Host host, Random random, double length) {
    private Duration seconds(double seconds) {
      return Duration.ofMillis(Math.round(seconds * length * 1000));
    }

    private void last(double seconds) throws InterruptedException {
      Thread.sleep(seconds(seconds).toMillis());
    }
  }

  /** Lets it happen, and ends it if it does not end by itself. */
  abstract void inject(Scene scene) throws Exception;

  private static void pause(Scene scene, double seconds) throws InterruptedException {
    scene.host().signal("STOP");
    scene.last(seconds);
    scene.host().signal("CONT");
  }
}
