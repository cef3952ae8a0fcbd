package keepwell.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import keepwell.cluster.Roster.Entry;
import keepwell.journal.Database;
import keepwell.journal.Installation;
import keepwell.journal.TestDatabase;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the nodes of an installation agree on through its database. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RosterTest {
  @AutoClose private Database database;
  private Roster anna;
  private Roster bert;

  @BeforeEach
  void open(@TempDir Path data) throws SQLException {
    database = TestDatabase.POSTGRESQL.open(data);
    Installation.settle(
        database,
        Installation.proposed(
            ZoneOffset.UTC, Instant.parse("2026-03-01T12:00:00Z"), Optional.empty(), 1));
    anna = node("anna", 1);
    bert = node("bert", 2);
    anna.register();
    bert.register();
  }

  private Roster node(String host, long incarnation) {
    return new Roster(database, host, 25520, incarnation);
  }

  private Entry entry(String host) throws SQLException {
    return anna.all().stream().filter(node -> node.host().equals(host)).findAny().orElseThrow();
  }

  @Test
  void of_many_that_start_at_once_one_founds_the_cluster() throws Exception {
    List<CompletableFuture<Boolean>> founded =
        IntStream.range(0, 8)
            .mapToObj(i -> node("node-" + i, i))
            .map(
                roster ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          try {
                            roster.register();
                            return roster.found(other -> false);
                          } catch (SQLException e) {
                            throw new IllegalStateException(e);
                          }
                        }))
            .toList();
    assertThat(founded.stream().filter(CompletableFuture::join)).hasSize(1);
    assertThat(anna.all().stream().filter(Entry::joined)).hasSize(1);
  }

  @Test
  void nobody_founds_a_cluster_while_somebody_in_one_may_live() throws Exception {
    assertThat(anna.beat(true)).isTrue();
    assertThat(bert.found(other -> false)).isFalse();
    assertThat(entry("bert").joined()).isFalse();
    assertThat(anna.beat(true)).isTrue();
  }

  @Test
  void whoever_is_thought_gone_when_a_cluster_is_founded_learns_that_it_was_struck_out()
      throws Exception {
    anna.beat(true);
    assertThat(bert.found(other -> true)).isTrue();
    assertThat(anna.beat(true)).isFalse();
    assertThat(bert.beat(true)).isTrue();
  }

  @Test
  void a_beat_that_came_in_between_is_seen_before_a_cluster_is_founded() throws Exception {
    anna.beat(true);
    Entry seen = entry("anna");
    anna.beat(true);
    assertThat(bert.found(seen::equals)).isFalse();
  }

  @Test
  void a_node_that_waits_to_join_does_not_keep_another_from_founding() throws Exception {
    assertThat(bert.found(other -> false)).isTrue();
    assertThat(anna.beat(true)).isTrue(); // it may have joined since
    assertThat(anna.found(other -> false)).isFalse();
  }

  @Test
  void another_start_at_an_address_takes_the_place_of_the_one_before() throws Exception {
    anna.beat(true);
    Roster again = node("anna", 3);
    again.register();
    assertThat(anna.beat(true)).isFalse();
    anna.strikeSelf();
    assertThat(again.beat(true)).isTrue();
    assertThat(again.others()).extracting(Entry::host).containsExactly("bert");
  }

  @Test
  void a_node_is_struck_out_as_it_was_seen_or_not_at_all() throws Exception {
    anna.beat(true);
    Entry seen = entry("anna");
    assertThat(bert.strike(seen)).isTrue();
    assertThat(bert.strike(seen)).isFalse();
    anna.register();
    assertThat(bert.strike(seen)).isFalse();
    assertThat(anna.beat(true)).isTrue();
  }

  @Test
  void of_two_that_take_each_other_for_dead_one_remains() throws Exception {
    anna.beat(true);
    bert.beat(true);
    Entry annaSeen = entry("anna");
    Entry bertSeen = entry("bert");
    assertThat(anna.strike(bertSeen)).isTrue();
    assertThat(bert.strike(annaSeen)).isFalse();
  }

  @Test
  void one_node_decides_a_split_until_it_says_otherwise() throws Exception {
    assertThat(anna.arbitrate(other -> false)).isTrue();
    assertThat(anna.arbitrate(other -> false)).isTrue();
    assertThat(bert.arbitrate(other -> false)).isFalse();
    anna.release();
    assertThat(bert.arbitrate(other -> false)).isTrue();
    assertThat(anna.arbitrate(other -> false)).isFalse();
  }

  @Test
  void one_that_was_struck_out_decides_nothing() throws Exception {
    bert.beat(true);
    assertThat(anna.strike(entry("bert"))).isTrue();
    assertThat(bert.arbitrate(other -> true)).isFalse();
    assertThat(anna.arbitrate(other -> false)).isTrue();
  }

  @Test
  void an_arbiter_that_has_ended_has_a_successor() throws Exception {
    assertThat(anna.arbitrate(other -> false)).isTrue();
    assertThat(bert.arbitrate(other -> true)).isTrue();
    assertThat(entry("anna").arbiter()).isFalse();
    assertThat(entry("bert").arbiter()).isTrue();
  }
}
