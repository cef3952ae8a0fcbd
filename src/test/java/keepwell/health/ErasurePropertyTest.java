package keepwell.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import keepwell.health.AccountEvent.AccountErased;
import keepwell.health.Decider.Moment;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** However an account is recovered, its erasures have happened. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ErasurePropertyTest {
  private static final int COMMANDS = 60;

  private final List<AccountEvent> events = new ArrayList<>();
  private final List<Account> after = new ArrayList<>(List.of(Account.unknown(Cases.UTC)));

  private Account account() {
    return after.get(after.size() - 1);
  }

  private void happened(Decision<?> decision) {
    for (AccountEvent event : decision.events()) {
      after.add(account().evolve(event));
      events.add(event);
    }
  }

  private void live(Random random) {
    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    for (int i = 0; i < COMMANDS; i++) {
      now = now.plusSeconds(random.nextInt(100_000));
      Moment moment = Moments.at(now.toString(), AccountStory.logins(0));
      switch (random.nextInt(8)) {
        case 0 -> happened(Decider.erase(account(), moment));
        case 1 -> {
          Map<String, Optional<String>> label =
              Map.of("segment", Optional.of(random.nextBoolean() ? "smb" : "other"));
          happened(Decider.label(account(), "a", label, moment));
        }
        case 2 -> {
          ScoreOverride override =
              new ScoreOverride(
                  Optional.of(50.0), Optional.empty(), "why", "who", Cases.UTC.of(now) + 2);
          happened(Decider.override(account(), override, moment));
        }
        default -> {
          Instant at = now.minusSeconds(random.nextInt(200_000));
          String key = random.nextBoolean() ? "login" : "smile";
          Signal signal = new Signal(key, 1, at, random.nextInt(3), 0, random.nextInt(20));
          happened(Decider.record(account(), "a", List.of(signal), false, moment));
        }
      }
    }
  }

  private int lastErasure() {
    int last = events.size() - 1;
    while (last >= 0 && !(events.get(last) instanceof AccountErased)) {
      last--;
    }
    return last;
  }

  private static Account replayed(Account from, List<AccountEvent> events) {
    Account account = from;
    for (AccountEvent event : events) {
      account = account.evolve(event);
    }
    return account;
  }

  private void same(Account recovered) {
    assertThat(recovered)
        .usingRecursiveComparison()
        .withComparatorForType(Double::compare, Double.class)
        .isEqualTo(account());
  }

  @RepeatedTest(100)
  void from_any_snapshot_and_with_its_events_overwritten_it_is_the_same(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    live(random);
    for (int i = 0; i < 20; i++) {
      int snapshot = random.nextInt(after.size());
      Account from = Account.of(after.get(snapshot).parts(), Cases.UTC);
      same(replayed(from, events.subList(snapshot, events.size())));
    }
    int erasure = lastErasure();
    for (int i = 0; i <= erasure; i++) { // as they are once the read side has followed
      events.set(i, new AccountErased(((AccountErased) events.get(erasure)).at(), Set.of()));
    }
    same(replayed(Account.unknown(Cases.UTC), events));
    int stale = random.nextInt(erasure + 2);
    same(replayed(after.get(stale), events.subList(stale, events.size())));
  }
}
