package keepwell.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import keepwell.TestNode;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PrivacyTest {
  @TempDir Path data;

  @Test
  void who_did_what_is_stored_nowhere_neither_in_events_nor_in_snapshots() throws IOException {
    Map<String, Object> settings = Map.of("keepwell.accounts.snapshot-every", 1);
    try (TestNode node = TestNode.start(data, settings, InstantSource.system())) {
      Api api = new Api(node.uri());
      for (String id : List.of("canary-id-1", "canary-id-2", "canary-id-3")) {
        assertThat(
                api.post(
                        "/v1/signals",
                        "application/json",
                        "{\"account\": \"acme-of-this-test\", \"signal\": \"login\","
                            + " \"user\": \"canary-user\", \"item\": \"canary-item\", \"id\": \""
                            + id
                            + "\"}")
                    .statusCode())
            .isEqualTo(200);
      }
    }
    String stored = "";
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        stored += Files.readString(file, StandardCharsets.ISO_8859_1);
      }
    }
    assertThat(stored.contains("acme-of-this-test")).isTrue(); // it would be found
    assertThat(stored.contains("canary")).isFalse();
  }
}
