package keepwell.outreach;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.InternetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CalendarsTest {
  private static final Instant START = Instant.parse("2026-03-02T09:00:00.123Z");

  private static String request(String summary, String description) throws Exception {
    return Calendars.request(
        new Invitation(
            "task-7@keepwell",
            Instant.parse("2026-03-01T12:00:00Z"),
            START,
            START.plusSeconds(1800),
            summary,
            description),
        new InternetAddress("keepwell@example.com"),
        new InternetAddress("Dana <dana@example.com>"));
  }

  @Test
  void an_invitation_is_as_calendars_read_it() throws Exception {
    String request = request("Call Acme; now, please", "Why:\r\n\tC:\\acme\nSUMMARY:x");
    assertThat(request)
        .isEqualTo(Files.readString(Path.of("src/test/resources/outreach/invite.ics")));
  }

  @Test
  void lines_are_folded_at_75_octets_and_not_within_a_character() throws Exception {
    String description = "é🎉x".repeat(500);
    String request = request("Call", description);
    List<String> lines = List.of(request.split("\r\n"));
    assertThat(lines)
        .allMatch(line -> line.getBytes(StandardCharsets.UTF_8).length <= 75)
        .noneMatch(line -> line.contains("\n") || line.contains("\r"));
    assertThat(request.replace("\r\n ", "")).contains("DESCRIPTION:" + description + "\r\n");
    assertThat(request).endsWith("END:VCALENDAR\r\n").doesNotContain("\uFFFD");
  }
}
