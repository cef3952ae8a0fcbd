package keepwell.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import keepwell.health.Tier;
import keepwell.outreach.Content.Mail;
import keepwell.outreach.Templates;
import keepwell.portfolio.ShareInterval;
import keepwell.truth.Auc;
import keepwell.truth.Expectation;
import keepwell.truth.TierRate;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reminders, with names that are hostile, as e-mails and as messages to Slack. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class QuarterlyPageTest {
  private static final Path GOLDEN = Path.of("src/test/resources/report");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final String HOSTILE =
      "<script>alert(1)</script>\"'&{{link}}<!channel>\u202Etxt.exe\r\nBcc: x";
  private static final Quarter QUARTER = new Quarter(LocalDate.parse("2026-10-01"));
  private static final Auc NO_AUC =
      new Auc(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
  private static final Expectation MANY = new Expectation(0.85, 1);
  private static final Expectation SOME = new Expectation(0.5, 0.7);
  private static final Expectation FEW = new Expectation(0, 0.3);

  /** What there may be to tell, by the name of its files. */
  record Case(String file, QuarterlyReport report, String publicUrl) {
    boolean hasLink() {
      return !publicUrl.isEmpty() && report.accounts() > 0;
    }

    @Override
    public String toString() {
      return file;
    }
  }

  static Stream<Case> cases() {
    QuarterlyReport full =
        new QuarterlyReport(
            QUARTER,
            1_300,
            1,
            1_090,
            200,
            "The score tells better than chance who stays.",
            new Auc(OptionalDouble.of(0.83125), OptionalDouble.of(0.7), OptionalDouble.of(0.9)),
            List.of(
                rate("b2b", "Healthy", MANY, 1_000, 950),
                rate("b2b", "At risk", SOME, 250, 120),
                rate("b2b", "Critical", FEW, 40, 20),
                rate("<i>", HOSTILE, MANY, 0, 0)));
    QuarterlyReport one =
        new QuarterlyReport(
            QUARTER,
            1,
            0,
            1,
            0,
            "Too few outcomes to say anything: 1 stayed and 0 left, and 20 of each are needed.",
            NO_AUC,
            List.of(rate("b2b", "Healthy", MANY, 1, 1), rate("b2b", "Critical", FEW, 0, 0)));
    return Stream.of(
        new Case("full", full, "https://keepwell.example"),
        new Case("one-scorecard", one, ""),
        new Case("no-score", nothing(7), "https://keepwell.example"),
        new Case("no-outcome", nothing(0), "https://keepwell.example"),
        new Case("least", nothing(0), ""));
  }

  private static TierRate rate(
      String scorecard, String tier, Expectation expected, long accounts, long stayed) {
    return new TierRate(
        scorecard,
        new Tier("key", tier, 0),
        false,
        accounts,
        stayed,
        ShareInterval.of(stayed, accounts, Long.MAX_VALUE),
        expected);
  }

  private static QuarterlyReport nothing(long accounts) {
    return new QuarterlyReport(
        QUARTER,
        accounts,
        0,
        0,
        0,
        "Too few outcomes to say anything: 0 stayed and 0 left, and 20 of each are needed.",
        NO_AUC,
        List.of(rate("b2b", "Healthy", MANY, 0, 0)));
  }

  /** The file that is missing, or what differs from it, is left in {@code target/report}. */
  private static void areGolden(Map<String, String> files) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path written = Path.of("target/report", file.getKey());
      Files.createDirectories(written.getParent());
      Files.writeString(written, file.getValue());
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      assertThat(file.getValue()).isEqualTo(Files.readString(GOLDEN.resolve(file.getKey())));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void each_says_all_that_there_is_to_tell_and_nothing_but_text(Case of) throws Exception {
    Templates templates = Templates.load(Path.of("conf/templates"), Reports.samples());
    Map<String, Object> model = new QuarterlyPage(of.report, HOSTILE, of.publicUrl).model();
    Mail mail = templates.mail("recalibration", List.of(), model, Optional.empty());
    String name = "recalibration/" + of.file;
    areGolden(
        Map.of(
            name + ".txt",
            "Subject: " + mail.subject() + "\n\n" + mail.text(),
            name + ".html",
            mail.html(),
            name + ".slack.json",
            JSON.writeValueAsString(templates.slack("recalibration", model)) + "\n"));
    assertThat(mail.html()).doesNotContain("<script", "src=", "@import", "url(");
    assertThat(mail.html().contains("<a ")).isEqualTo(of.hasLink());
  }
}
