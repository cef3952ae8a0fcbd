package keepwell.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import keepwell.outreach.Content.Mail;
import keepwell.outreach.SampleModel;
import keepwell.outreach.Templates;
import keepwell.report.WeeklyReport.Band;
import keepwell.report.WeeklyReport.Entered;
import keepwell.report.WeeklyReport.Held;
import keepwell.report.WeeklyReport.Line;
import keepwell.report.WeeklyReport.Overdue;
import keepwell.report.WeeklyReport.Renewals;
import keepwell.report.WeeklyReport.Runs;
import keepwell.report.WeeklyReport.Sum;
import keepwell.report.WeeklyReport.Tasks;
import keepwell.report.WeeklyReport.Tier;
import keepwell.report.WeeklyReport.Why;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A weekly report with names that are hostile, as JSON, as a page and as an e-mail. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WeeklyPageTest {
  private static final Path GOLDEN = Path.of("src/test/resources/report");
  private static final String HOSTILE =
      "<script>alert(1)</script>\"'&{{link}}\u202Etxt.exe\r\nBcc: x";
  private static final Tier GREEN = new Tier("green", "Healthy", "best");
  private static final Tier YELLOW = new Tier("yellow", "At risk", "next");
  private static final Tier ORANGE = new Tier("orange", "<b>In danger</b>", "between");
  private static final Tier RED = new Tier("red", "Critical", "worst");
  private static final Tier OLD = new Tier("old", "old", "past");
  private static final Instant FROM = Instant.parse("2026-11-22T23:00:00Z");
  private static final Line FALLEN =
      line("a/b?<c>", HOSTILE, HOSTILE, RED, GREEN, 12.34, -55.55, 1_234_567.5, HOSTILE);
  private static final Line RISEN =
      line("globex", "Globex", null, GREEN, OLD, 91.0, 31.04, null, "Days with a login");

  private static Line line(
      String account,
      String name,
      String owner,
      Tier tier,
      Tier from,
      double score,
      double change,
      Double arr,
      String why) {
    return new Line(
        account,
        name,
        owner,
        tier,
        from,
        Instant.parse("2026-11-24T23:30:00Z"),
        score,
        change,
        arr,
        LocalDate.parse("2026-12-01"),
        new Why("key", null, why, 42.06));
  }

  private static WeeklyReport report() {
    List<Band> tiers =
        List.of(
            Band.of(GREEN, new Sum(1_200, 90_000_000), new Sum(1_205, 91_000_000)),
            Band.of(YELLOW, new Sum(300, 20_000_000), new Sum(300, 20_000_000)),
            Band.of(ORANGE, new Sum(0, 0), new Sum(0, 0)),
            Band.of(RED, new Sum(64, 1_900_000), new Sum(59, 1_500_000)),
            Band.of(null, new Sum(3, 0), null));
    List<Entered> entered =
        List.of(
            new Entered(RED, new Sum(12, 340_000), List.of(FALLEN)),
            new Entered(ORANGE, new Sum(0, 0), List.of()),
            new Entered(YELLOW, new Sum(1, 0), List.of(RISEN)));
    Renewals renewals = new Renewals(60, new Sum(31, 1_200_000), List.of(FALLEN));
    Tasks tasks =
        new Tasks(1, 4, List.of(new Overdue(7, "a/b?<c>", HOSTILE, HOSTILE, HOSTILE, FROM)));
    return new WeeklyReport(
        FROM,
        Instant.parse("2026-11-30T06:00:00Z"),
        Headline.of(List.of("Healthy"), tiers, entered, renewals, tasks),
        tiers,
        entered,
        List.of(FALLEN),
        List.of(RISEN),
        renewals,
        tasks,
        List.of(new Runs("red", HOSTILE, 1_012)),
        List.of(new Held(1, "silence", HOSTILE, FROM, 420)));
  }

  private static Mail mail(Links links) throws Templates.UnusableException {
    Map<String, SampleModel> samples = Reports.samples();
    return Templates.load(Path.of("conf/templates"), samples)
        .mail(
            "weekly-report",
            List.of(),
            new WeeklyPage(report(), ZoneId.of("Europe/Berlin"), links).model(),
            Optional.empty());
  }

  /** The file that is missing, or what differs from it, is left in {@code target/report}. */
  private static void isGolden(String file, String text) throws IOException {
    Path written = Path.of("target/report", file);
    Files.createDirectories(written.getParent());
    Files.writeString(written, text);
    assertThat(text).isEqualTo(Files.readString(GOLDEN.resolve(file)));
  }

  @Test
  void the_page_is_as_it_was() throws Exception {
    String html = mail(Links.WITHIN).html();
    assertThat(html).doesNotContain("<script", "style=", "\u202E", "http:", "https:");
    isGolden("weekly-report.html", html);
  }

  @Test
  void the_text_of_the_e_mail_is_as_it_was() throws Exception {
    Mail mail = mail(Links.to("https://keepwell.example"));
    assertThat(mail.subject()).isEqualTo("Keepwell: the week up to 30 November 2026");
    assertThat(mail.html()).contains("https://keepwell.example/accounts/a%2Fb%3F%3Cc%3E");
    isGolden("weekly-report.txt", mail.text());
  }

  @Test
  void without_a_public_url_an_e_mail_has_no_links() throws Exception {
    assertThat(mail(Links.NONE).html()).doesNotContain("<a ");
  }

  @Test
  void the_json_is_as_it_was() throws Exception {
    JsonMapper json =
        JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();
    isGolden("weekly-report.json", json.writeValueAsString(report()) + "\n");
  }
}
