package keepwell.health;

import static keepwell.health.Evaluation.number;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import keepwell.health.AccountEvent.AccountClosed;
import keepwell.health.AccountEvent.AccountErased;
import keepwell.health.AccountEvent.AccountOpened;
import keepwell.health.AccountEvent.AccountReopened;
import keepwell.health.AccountEvent.LabelsChanged;
import keepwell.health.AccountEvent.OverrideRemoved;
import keepwell.health.AccountEvent.OverrideSet;
import keepwell.health.AccountEvent.Reason;
import keepwell.health.AccountEvent.SignalsRecorded;
import keepwell.health.Refusal.Code;

/**
 * Decides what becomes of a command to an account, at one moment. Whatever is asked, the days that
 * have elapsed are settled first; see {@link Settling}.
 */
public final class Decider {
  /** How far ahead of product time a signal may be: the clocks of its source and ours differ. */
  public static final Duration AHEAD_MAX = Duration.ofMinutes(5);

  private final Settling settling;
  private final Moment moment;

  /**
   * When something is decided, and by what.
   *
   * @param now product time
   * @param receivedAt real time
   * @param versions of the scorecards, from the one by which the account was settled last to the
   *     one in force
   * @param thresholds that playbooks name
   * @param capacity of every account
   */
  public record Moment(
      Instant now,
      Instant receivedAt,
      List<Scorecards> versions,
      Thresholds thresholds,
      Capacity capacity) {

    /** The scorecards in force. */
    Scorecards scorecards() {
      return versions.get(versions.size() - 1);
    }

    /** Whether the account's own scorecard has become another one since it was settled last. */
    boolean rescores(Account account) {
      return versions.size() > 1
          && versions.stream()
                  .filter(each -> each.version() >= settledBy(account))
                  .map(each -> each.of(account.labels))
                  .distinct()
                  .count()
              > 1;
    }

    /** The moment at which a day began, if that is before this one. */
    Moment atStartOf(int day, Days days) {
      Instant start = days.start(day);
      if (!start.isBefore(now)) {
        return this;
      }
      int first = versions.get(0).version();
      List<Scorecards> until =
          versions.stream()
              .filter(each -> each.version() == first || !each.activatedAt().isAfter(start))
              .toList();
      return new Moment(start, receivedAt, until, thresholds, capacity);
    }
  }

  private Decider(Account account, Moment moment) {
    this.moment = moment;
    this.settling = Settling.upTo(moment, account);
  }

  /** The version of the scorecards by which an account was settled last; 0 if it never was. */
  public static int settledBy(Account account) {
    return account.settlement.version();
  }

  /**
   * Takes signals. Those far ahead of the clock are refused, and those dated before the account was
   * erased; those whose id is remembered are duplicates; of several with one id the first counts.
   * Those of a further key are refused once the account has as many keys as it may have.
   *
   * @param id the account's own, for its first event
   * @param quiet whether channels and playbooks skip the tier change that comes of it
   */
  public static Decision<Recorded> record(
      Account account, String id, List<Signal> signals, boolean quiet, Moment moment) {
    return new Decider(account, moment).record(id, signals, quiet);
  }

  private Decision<Recorded> record(String id, List<Signal> signals, boolean quiet) {
    Account account = settling.account();
    Instant latest = moment.now().plus(AHEAD_MAX);
    List<Signal> fresh = new ArrayList<>(signals.size());
    List<Refusal> refusals = new ArrayList<>();
    Set<Long> ids = new HashSet<>();
    for (Signal signal : signals) {
      if (signal.id() != 0) {
        ids.add(signal.id());
      }
    }
    ids.removeAll(account.remembered.known(ids, moment.receivedAt()));
    List<Integer> duplicates = new ArrayList<>();
    Set<String> newKeys = new TreeSet<>();
    for (int i = 0; i < signals.size(); i++) {
      Signal signal = signals.get(i);
      if (signal.at().isAfter(latest)) {
        refusals.add(new Refusal(Code.SIGNAL_FROM_THE_FUTURE, "at", i));
      } else if (account.erasedAt != null && signal.at().isBefore(account.erasedAt)) {
        refusals.add(new Refusal(Code.ERASED, "at", i));
      } else if (signal.id() != 0 && !ids.contains(signal.id())) {
        duplicates.add(i);
      } else if (!hasRoom(signal.key(), newKeys)) {
        refusals.add(new Refusal(Code.SIGNAL_KEYS_TOO_MANY, "signal", i));
      } else {
        ids.remove(signal.id());
        fresh.add(signal);
      }
    }
    if (!fresh.isEmpty()) {
      open(id);
      int version = moment.scorecards().version();
      settling.cause(
          new SignalsRecorded(fresh, version, moment.now(), moment.receivedAt(), newKeys),
          Reason.SIGNAL,
          quiet);
    }
    settling.publish();
    return new Decision<>(
        settling.events(),
        new Recorded(
            fresh.size(),
            duplicates,
            refusals,
            number(settling.score()),
            settling.account().settlement.tier()));
  }

  /** Whether the account has a key or may have it; one that it has not is noted. */
  private boolean hasRoom(String key, Set<String> newKeys) {
    Facts facts = settling.account().facts;
    if (facts.of(key) != null || newKeys.contains(key)) {
      return true;
    }
    int keys = facts.keys.length + newKeys.size();
    return keys < moment.capacity().signalKeysMax() && newKeys.add(key);
  }

  /**
   * Sets labels, and removes those without a value.
   *
   * @param id the account's own, for its first event
   */
  public static Decision<Answer> label(
      Account account, String id, Map<String, Optional<String>> labels, Moment moment) {
    return new Decider(account, moment).label(id, labels);
  }

  private Decision<Answer> label(String id, Map<String, Optional<String>> labels) {
    Map<String, String> known = settling.account().labels;
    Map<String, String> set = new TreeMap<>();
    Set<String> removed = new TreeSet<>();
    labels.forEach(
        (key, value) -> {
          if (value.isEmpty() && known.containsKey(key)) {
            removed.add(key);
          } else if (value.isPresent() && !value.get().equals(known.get(key))) {
            set.put(key, value.get());
          }
        });
    long added = set.keySet().stream().filter(key -> !known.containsKey(key)).count();
    if (added > removed.size()
        && known.size() - removed.size() + added > moment.capacity().labelsMax()) {
      return refused(Code.LABELS_TOO_MANY, "labels");
    }
    if (set.isEmpty() && !settling.account().exists()) {
      return refused(Code.ACCOUNT_UNKNOWN, "");
    }
    if (!set.isEmpty() || !removed.isEmpty()) {
      open(id);
      settling.cause(
          new LabelsChanged(set, removed, moment.scorecards().version(), moment.now()),
          Reason.SCORECARD,
          false);
    }
    return standing();
  }

  private Decision<Answer> refused(Code code, String field) {
    settling.publish();
    return new Decision<>(settling.events(), Refusal.of(code, field));
  }

  /** Holds the score within bounds from today on, in place of the override that held. */
  public static Decision<Answer> override(Account account, ScoreOverride override, Moment moment) {
    if (!account.exists()) {
      return new Decision<>(List.of(), Refusal.of(Code.ACCOUNT_UNKNOWN, ""));
    }
    return new Decider(account, moment).override(override);
  }

  private Decision<Answer> override(ScoreOverride override) {
    if (override.until() < settling.today()) {
      return refused(Code.OVERRIDE_ENDED, "until");
    }
    if (!holding().equals(Optional.of(override))) {
      int version = moment.scorecards().version();
      settling.cause(new OverrideSet(override, version, moment.now()), Reason.OVERRIDE, false);
    }
    return standing();
  }

  /** Takes back the override that holds, if there is one. */
  public static Decision<Answer> removeOverride(Account account, Moment moment) {
    if (!account.exists()) {
      return new Decision<>(List.of(), Refusal.of(Code.ACCOUNT_UNKNOWN, ""));
    }
    return new Decider(account, moment).removeOverride();
  }

  private Decision<Answer> removeOverride() {
    if (holding().isPresent()) {
      int version = moment.scorecards().version();
      settling.cause(new OverrideRemoved(version, moment.now()), Reason.OVERRIDE, false);
    }
    return standing();
  }

  /** Closes the account, or reopens it. Done again it changes nothing. */
  public static Decision<Answer> close(Account account, boolean closed, Moment moment) {
    if (!account.exists()) {
      return new Decision<>(List.of(), Refusal.of(Code.ACCOUNT_UNKNOWN, ""));
    }
    return new Decider(account, moment).close(closed);
  }

  private Decision<Answer> close(boolean closed) {
    if (closed != settling.account().listing.closed()) {
      int version = moment.scorecards().version();
      settling.add(
          closed
              ? new AccountClosed(version, moment.now(), false)
              : new AccountReopened(version, moment.now()));
    }
    return standing();
  }

  /** Erases the account. Once it is, doing so again changes nothing. */
  public static Decision<Answer> erase(Account account, Moment moment) {
    if (account.exists()) {
      AccountErased erased =
          new AccountErased(moment.now(), new TreeSet<>(List.of(account.facts.keys)));
      return new Decision<>(List.of(erased), new Erased(erased.at()));
    }
    return new Decision<>(
        List.of(),
        account.erasedAt == null
            ? Refusal.of(Code.ACCOUNT_UNKNOWN, "")
            : new Erased(account.erasedAt));
  }

  private Optional<ScoreOverride> holding() {
    return settling.account().overrides.on(settling.today()).map(Overrides.Period::what);
  }

  private Decision<Answer> standing() {
    settling.publish();
    return new Decision<>(
        settling.events(),
        Explanation.today(settling.today(), settling.account(), moment.scorecards()));
  }

  private void open(String id) {
    if (!settling.account().exists()) {
      settling.add(new AccountOpened(id));
    }
  }
}
