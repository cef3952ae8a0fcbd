package keepwell.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code GET /v1/tier-changes} as a stream of server-sent events. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(120)
class TierChangeStreamTest {
  private static final String LAST_EVENT_ID = "Last-Event-ID";

  @TempDir Path data;
  @AutoClose private PortfolioNode node;

  @BeforeEach
  void start() {
    node = new PortfolioNode(data);
  }

  /** Moves an account as often. */
  private void moves(int times) {
    for (int i = 0; i < times; i++) {
      node.signals("acme,mood,90");
      node.signals("acme,mood,60");
    }
  }

  private EventStream stream(String query, String... headers)
      throws IOException, InterruptedException {
    return new EventStream(node.uri(), query, headers);
  }

  @Test
  void everything_comes_from_the_first_change_on_and_then_what_happens()
      throws IOException, InterruptedException {
    moves(3);
    List<JsonNode> feed = node.feed(0);
    try (EventStream stream = stream("")) {
      assertThat(stream.next(6)).isEqualTo(feed);
      node.signals("acme,mood,10");
      assertThat(stream.next(1).get(0).get("to").asText()).isEqualTo("red");
      node.signals("acme,mood,60");
      assertThat(stream.next(1)).isEqualTo(node.feed(feed.get(5).get("id").asLong()).subList(1, 2));
    }
  }

  @Test
  void a_stream_of_an_empty_feed_waits_for_the_first_change()
      throws IOException, InterruptedException {
    try (EventStream stream = stream("")) {
      node.signals("acme,mood,90");
      assertThat(stream.next(1)).isEqualTo(node.feed(0));
    }
  }

  @Test
  void whoever_was_cut_off_goes_on_after_the_last_event_that_he_has_read()
      throws IOException, InterruptedException {
    moves(3);
    List<JsonNode> feed = node.feed(0);
    for (int read = 0; read < feed.size(); read++) {
      String id = feed.get(read).get("id").asText();
      List<JsonNode> rest = feed.subList(read + 1, feed.size());
      try (EventStream stream = stream("", LAST_EVENT_ID, id)) {
        assertThat(stream.next(rest.size())).isEqualTo(rest);
      }
      try (EventStream stream = stream("?after=" + id)) {
        assertThat(stream.next(rest.size())).isEqualTo(rest);
      }
    }
  }

  @Test
  void the_last_event_id_counts_more_than_after_unless_it_is_empty()
      throws IOException, InterruptedException {
    moves(2);
    List<JsonNode> feed = node.feed(0);
    String first = feed.get(0).get("id").asText();
    String third = feed.get(2).get("id").asText();
    try (EventStream stream = stream("?after=" + first, LAST_EVENT_ID, third)) {
      assertThat(stream.next(1)).isEqualTo(feed.subList(3, 4));
    }
    try (EventStream stream = stream("?after=" + third, LAST_EVENT_ID, "")) {
      assertThat(stream.next(1)).isEqualTo(feed.subList(3, 4));
    }
  }

  @Test
  void a_stream_ends_with_its_node_and_goes_on_without_a_gap_once_that_is_back()
      throws IOException, InterruptedException {
    List<JsonNode> read = new ArrayList<>();
    try (EventStream stream = stream("")) {
      moves(1);
      read.addAll(stream.next(2));
      node.close();
      assertThat(stream.hasEnded()).isTrue();
    }
    node.start();
    moves(1);
    String last = read.get(1).get("id").asText();
    try (EventStream stream = stream("", LAST_EVENT_ID, last)) {
      read.addAll(stream.next(2));
      moves(1);
      read.addAll(stream.next(2));
    }
    assertThat(read).isEqualTo(node.feed(0));
  }

  @Test
  void many_streams_each_get_everything_in_order() throws IOException, InterruptedException {
    List<EventStream> streams = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        streams.add(stream(""));
        moves(1);
      }
      List<JsonNode> feed = node.feed(0);
      for (EventStream stream : streams) {
        assertThat(stream.next(40)).isEqualTo(feed);
      }
    } finally {
      for (EventStream stream : streams) {
        stream.close();
      }
    }
  }

  @Test
  void whoever_does_not_read_holds_nobody_up_and_finds_everything_when_he_reads_on()
      throws IOException, InterruptedException {
    int rounds = 60;
    int accounts = 20;
    try (Socket slow = unread();
        EventStream stream = stream("")) {
      storm(rounds, accounts);
      List<JsonNode> read = stream.next(rounds * accounts);
      node.signals("late,mood,90");
      read.addAll(stream.next(1));
      assertThat(ids(slow, read.size()))
          .isEqualTo(read.stream().map(change -> change.get("id").asText()).toList());
    }
  }

  /** Changes of more bytes than fit anywhere on the way to a client. */
  private void storm(int rounds, int accounts) {
    String labels =
        IntStream.range(0, 50)
            .mapToObj(i -> "\"label-%d\": \"%s\"".formatted(i, "x".repeat(200)))
            .collect(Collectors.joining(", ", "{", "}"));
    List<String> ids = IntStream.range(0, accounts).mapToObj(i -> "account-" + i).toList();
    ids.forEach(id -> node.labels(id, labels));
    for (int i = 0; i < rounds; i++) {
      int mood = i % 2 == 0 ? 90 : 60;
      node.signals(ids.stream().map(id -> id + ",mood," + mood).toArray(String[]::new));
    }
  }

  private Socket unread() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(8 * 1024);
    socket.setSoTimeout(60_000);
    socket.connect(new InetSocketAddress(node.uri().getHost(), node.uri().getPort()));
    socket
        .getOutputStream()
        .write(
            "GET /v1/tier-changes HTTP/1.1\r\nHost: keepwell\r\nAccept: text/event-stream\r\n\r\n"
                .getBytes(UTF_8));
    return socket;
  }

  private static List<String> ids(Socket stream, int count) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.getInputStream(), UTF_8));
    List<String> ids = new ArrayList<>();
    while (ids.size() < count) {
      String line = lines.readLine();
      assertThat(line).as("the stream goes on").isNotNull();
      if (line.startsWith("id:")) {
        ids.add(line.substring("id:".length()));
      }
    }
    return ids;
  }
}
