package keepwell.playbook;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One version of the playbooks of an installation.
 *
 * @param version 1 for the first
 * @param people the e-mail addresses of those who are named as owners or recipients
 * @param digestTo who is told by e-mail that messages are held
 */
public record PlaybookDocument(
    int version, Map<String, String> people, List<String> digestTo, List<Playbook> playbooks) {
  public PlaybookDocument {
    people = Map.copyOf(people);
    digestTo = List.copyOf(digestTo);
    playbooks = List.copyOf(playbooks);
  }

  /** Empty if it has none of this key. */
  public Optional<Playbook> playbook(String key) {
    return playbooks.stream().filter(playbook -> playbook.key().equals(key)).findAny();
  }

  /** The tiers that its triggers name, by the paths of those. */
  public Map<String, String> tiers() {
    Map<String, String> byPath = new LinkedHashMap<>();
    for (int i = 0; i < playbooks.size(); i++) {
      byPath.putAll(playbooks.get(i).trigger().tiers("playbooks[" + i + "].trigger."));
    }
    return byPath;
  }

  /** The scores whose crossing its playbooks wait for, rising. */
  List<Double> thresholds() {
    return playbooks.stream()
        .flatMap(
            playbook ->
                playbook.trigger() instanceof Trigger.Below below
                    ? Stream.of(below.score())
                    : Stream.empty())
        .distinct()
        .sorted()
        .toList();
  }

  /** Where somebody is written to; empty if that is not known. */
  public Optional<String> address(String person) {
    return Optional.ofNullable(people.get(person))
        .or(() -> Optional.of(person).filter(PlaybookReader::isAddress));
  }

  /** Where those are written to who are told that messages are held. */
  List<String> digestAddresses() {
    return digestTo.stream().flatMap(person -> address(person).stream()).distinct().toList();
  }
}
