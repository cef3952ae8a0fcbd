package keepwell.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The last days of the history, lived through one by one: signals come as the day goes on, accounts
 * change tier, playbooks act, and people do their tasks.
 */
final class Lived {
  private static final List<LocalTime> TIMES =
      List.of(
          LocalTime.of(9, 0),
          LocalTime.of(11, 0),
          LocalTime.of(13, 0),
          LocalTime.of(15, 0),
          LocalTime.of(17, 0),
          LocalTime.of(19, 0),
          LocalTime.of(23, 0));
  private static final LocalTime MORNING = LocalTime.of(6, 0);
  private static final Duration POLL = Duration.ofMillis(20);

  /** Longer than playbooks pause. */
  private static final Duration FOR_PLAYBOOKS = Duration.ofMillis(300);

  /** A day whose accounts are not reviewed by then is left behind. */
  private static final int POLLS_MAX = 500;

  private final DemoClient client;
  private final DemoClock clock;
  private final Team team;

  Lived(DemoClient client, DemoClock clock) {
    this.client = client;
    this.clock = clock;
    this.team = new Team(client);
  }

  /**
   * Lives until the clock has caught up.
   *
   * @param signals by their time
   */
  void live(List<DemoSignal> signals, List<DemoOutcome> outcomes, ProgressBar progress) {
    int sent = 0;
    awaitCounted();
    for (LocalDate day = clock.first(); day.isBefore(clock.today()); day = day.plusDays(1)) {
      for (LocalTime time : TIMES) {
        clock.leap(day, time);
        String now = day.atTime(time).toInstant(ZoneOffset.UTC).toString();
        int to = sent;
        while (to < signals.size() && signals.get(to).at().compareTo(now) < 0) {
          to++;
        }
        Demo.sent(client.post("/v1/signals", signals.subList(sent, to)));
        sent = to;
      }
      String date = day.toString();
      Demo.sent(
          client.post(
              "/v1/outcomes",
              outcomes.stream().filter(outcome -> outcome.at().equals(date)).toList()));
      awaitCounted();
      awake(day.plusDays(1));
      team.work(clock.instant());
      progress.show(day.toEpochDay() - clock.first().toEpochDay() + 1);
    }
    Demo.sent(
        client.post("/v1/signals", signals.subList(sent, signals.size()))); // of the last night
  }

  /** Else a signal that is not counted yet looks as if it had ceased to come. */
  private void awaitCounted() {
    client.get("/v1/signals?days=1");
  }

  /** Begins a day; the one before is over once all that it has brought about is done. */
  private void awake(LocalDate day) {
    if (day.equals(clock.today())) {
      clock.catchUp();
    } else {
      clock.leap(day, MORNING);
    }
    for (int polls = 0; polls < POLLS_MAX && !isReviewed(day.minusDays(1)); polls++) {
      pause(POLL);
    }
    pause(FOR_PLAYBOOKS);
  }

  private boolean isReviewed(LocalDate day) {
    String date = day.toString();
    for (JsonNode reviewed : client.get("/v1/portfolio").path("days")) {
      if (reviewed.path("day").asText().equals(date)) {
        return true;
      }
    }
    return false;
  }

  private static void pause(Duration duration) {
    try {
      TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The demo was interrupted", e);
    }
  }
}
