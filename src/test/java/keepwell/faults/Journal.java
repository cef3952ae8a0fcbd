package keepwell.faults;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import com.typesafe.config.ConfigFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import keepwell.account.Fingerprint;
import keepwell.faults.Findings.Kind;
import keepwell.faults.Sent.Outcome;
import keepwell.health.AccountEvent;
import keepwell.health.AccountEvent.AccountOpened;
import keepwell.health.AccountEvent.SignalsRecorded;
import keepwell.health.Signal;

/** Reads the whole journal, and finds whatever in it does not agree with the clients' history. */
final class Journal {
  private static final int FETCHED = 500;

  private final History history;
  private final Findings findings;
  private final Fingerprint fingerprint;

  /** The signals in the journal by account, in their order, each as often as it is there. */
  private final Map<String, List<Sent>> stored = new HashMap<>();

  private final Map<Sent, Integer> times = new HashMap<>();

  private long events;

  Journal(History history, Findings findings, Fingerprint fingerprint) {
    this.history = history;
    this.findings = findings;
    this.fingerprint = fingerprint;
  }

  /** Reads it; nobody writes meanwhile. */
  void read(Connection connection) throws SQLException {
    ActorTestKit kit =
        ActorTestKit.create(
            ConfigFactory.parseString("akka.actor.provider = local")
                .withFallback(ConfigFactory.load()));
    connection.setAutoCommit(false); // rows are then fetched in parts
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT \"persistence_id\", \"sequence_number\", \"event_ser_id\","
                + " \"event_ser_manifest\", \"event_payload\" FROM \"event_journal\""
                + " ORDER BY \"persistence_id\", \"sequence_number\"")) {
      select.setFetchSize(FETCHED);
      try (ResultSet rows = select.executeQuery()) {
        read(rows, SerializationExtension.get(Adapter.toClassic(kit.system())));
      }
    } finally {
      kit.shutdownTestKit();
    }
    history.all().forEach(this::compare);
  }

  private void read(ResultSet rows, Serialization serialization) throws SQLException {
    String journal = "";
    String account = "";
    long last = 0;
    for (; rows.next(); events++) {
      AccountEvent event =
          (AccountEvent)
              serialization.deserialize(rows.getBytes(5), rows.getInt(3), rows.getString(4)).get();
      if (!rows.getString(1).equals(journal)) {
        journal = rows.getString(1);
        account = event instanceof AccountOpened opened ? opened.account() : "not opened";
        last = 0;
      } else if (event instanceof AccountOpened) {
        findings.add(Kind.TWICE, account + " was opened again");
      }
      if (rows.getLong(2) != ++last) {
        findings.add(Kind.MISNUMBERED, account + ": " + rows.getLong(2) + " in place of " + last);
        last = rows.getLong(2);
      }
      if (event instanceof SignalsRecorded recorded) {
        for (Signal signal : recorded.signals()) {
          count(account, signal);
        }
      }
    }
  }

  private void count(String account, Signal signal) {
    int number = (int) signal.value();
    List<Sent> all = history.of(account);
    if (number >= all.size() || !signal.equals(all.get(number).signal(fingerprint))) {
      findings.add(Kind.INVENTED, account + ": " + signal);
    } else {
      stored.computeIfAbsent(account, id -> new ArrayList<>()).add(all.get(number));
      times.merge(all.get(number), 1, Integer::sum);
    }
  }

  private void compare(Sent sent) {
    int count = times.getOrDefault(sent, 0);
    if (count > 1) {
      findings.add(Kind.TWICE, sent + " is " + count + " times in the journal");
    } else if (count == 0 && sent.outcome() == Outcome.OK) {
      findings.add(Kind.LOST, sent.toString());
    } else if (count == 1 && sent.outcome() == Outcome.FAILED) {
      findings.add(Kind.INVENTED, sent.toString());
    }
  }

  /** The signals of an account that are in the journal, in their order. */
  List<Sent> stored(String account) {
    return stored.getOrDefault(account, List.of());
  }

  /** How many events there are. */
  long events() {
    return events;
  }

  /** How many signals are stored that were never acknowledged. */
  long unknownStored() {
    return times.keySet().stream().filter(sent -> sent.outcome() == Outcome.UNKNOWN).count();
  }
}
