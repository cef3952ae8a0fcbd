package keepwell.outreach;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** E-mails as a mail server takes them, and what is said of those it does not take. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MailSenderTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Channel EMAIL = new Channel(Channel.EMAIL, true, Optional.empty());
  private static final Invitation INVITATION =
      new Invitation(
          "task-7@keepwell",
          NOW,
          Instant.parse("2026-03-02T09:00:00Z"),
          Instant.parse("2026-03-02T09:30:00Z"),
          "Call Acme; now, please",
          "It moved from Healthy to Critical.\nAsk dana\\kim. " + "ö".repeat(100));

  private final ExecutorService blocking = Executors.newCachedThreadPool();
  private final MailHost host = new MailHost();
  private final GreenMail real = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));

  @AfterEach
  void stop() {
    real.stop();
    host.close();
    blocking.shutdownNow();
  }

  private Attempt send(String url, Content.Mail mail) {
    MailSender sender =
        new MailSender(MailServer.read(url), 42, InstantSource.fixed(NOW), blocking);
    return sender.send(EMAIL, "msg_17", ContentJson.text(mail)).toCompletableFuture().join();
  }

  private static Content.Mail mail(String to, String subject) {
    return new Content.Mail(
        List.of(to), subject, "Grüße 🎉\n.\nend", "<p>Grüße</p>", Optional.empty());
  }

  private Attempt sendToReal(String password, Content.Mail mail) {
    real.setUser("keepwell@example.com", "keepwell", "pass word@/");
    real.start();
    return send(
        "smtp://keepwell:%s@127.0.0.1:%d?from=Keep%%20Well%%20<keepwell@example.com>"
            .formatted(password, real.getSmtp().getPort()),
        mail);
  }

  @Test
  void one_is_taken_as_text_and_as_html() throws Exception {
    Attempt attempt =
        sendToReal("pass%20word%40%2F", mail("Dana <dana@example.com>", "◆ Acme is Critical"));
    assertThat(attempt.problem()).isEmpty();
    assertThat(attempt.status()).hasValue(250);
    assertThat(attempt.at()).isEqualTo(NOW);

    MimeMessage received = real.getReceivedMessages()[0];
    assertThat(received.getSubject()).isEqualTo("◆ Acme is Critical");
    assertThat(received.getFrom()[0]).hasToString("Keep Well <keepwell@example.com>");
    assertThat(received.getAllRecipients())
        .extracting(Object::toString)
        .containsExactly("Dana <dana@example.com>");
    assertThat(received.getMessageID()).isEqualTo("<msg_17.42@example.com>");
    assertThat(received.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(received.getSentDate().toInstant()).isEqualTo(NOW);
    assertThat(received.getContentType()).startsWith("multipart/alternative");
    MimeMultipart parts = (MimeMultipart) received.getContent();
    assertThat(parts.getCount()).isEqualTo(2);
    assertThat(parts.getBodyPart(0).isMimeType("text/plain")).isTrue();
    assertThat(parts.getBodyPart(0).getContent()).isEqualTo("Grüße 🎉\r\n.\r\nend");
    assertThat(parts.getBodyPart(1).isMimeType("text/html")).isTrue();
    assertThat(parts.getBodyPart(1).getContent()).isEqualTo("<p>Grüße</p>");
  }

  @Test
  void an_invitation_is_beside_the_text_and_attached() throws Exception {
    Content.Mail mail = mail("dana@example.com", "Call Acme");
    Content.Mail inviting =
        new Content.Mail(
            mail.to(), mail.subject(), mail.text(), mail.html(), Optional.of(INVITATION));
    assertThat(sendToReal("pass%20word%40%2F", inviting).delivered()).isTrue();

    MimeMultipart mixed = (MimeMultipart) real.getReceivedMessages()[0].getContent();
    MimeMultipart either = (MimeMultipart) mixed.getBodyPart(0).getContent();
    assertThat(either.getCount()).isEqualTo(3);
    Part shown = either.getBodyPart(2);
    Part attached = mixed.getBodyPart(1);
    for (Part part : List.of(shown, attached)) {
      assertThat(part.getContentType()).contains("text/calendar", "method=REQUEST");
      String calendar = new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(calendar)
          .isEqualTo(
              Calendars.request(
                  INVITATION,
                  Mails.address("keepwell@example.com"),
                  Mails.address("dana@example.com")));
    }
    assertThat(attached.getFileName()).isEqualTo("invite.ics");
    assertThat(attached.getDisposition()).isEqualTo("attachment");
  }

  @Test
  void a_password_that_is_refused_is_not_told() {
    Attempt attempt = sendToReal("canary", mail("dana@example.com", "s"));
    assertThat(attempt.problem()).hasValue("the user or the password is refused");
    assertThat(real.getReceivedMessages()).isEmpty();
  }

  @Test
  void nothing_is_sent_unencrypted_where_that_is_required() {
    real.start();
    Attempt attempt =
        send(
            "smtp://127.0.0.1:%d?from=keepwell@example.com&starttls=required"
                .formatted(real.getSmtp().getPort()),
            mail("dana@example.com", "s"));
    assertThat(attempt.problem()).hasValue("no secure connection: STARTTLS is not offered");
    assertThat(real.getReceivedMessages()).isEmpty();
  }

  @Test
  void a_header_is_one_line_whatever_it_says() {
    Attempt attempt = send(host.url(), mail("dana@example.com", "a\r\nBcc: kim@example.com\n\nb"));
    assertThat(attempt.delivered()).isTrue();
    assertThat(host.all("Subject")).containsExactly("Subject: a Bcc: kim@example.com b");
    assertThat(host.messages().get(0).lines()).noneMatch(line -> line.startsWith("Bcc"));
  }

  @ParameterizedTest
  @CsvSource({
    "dana",
    "''",
    "'dana@example.com, kim@example.com'",
    "'dana@example.com\nBcc: kim@example.com'",
    "'team:dana@example.com;'"
  })
  void who_has_no_address_is_sent_nothing(String to) {
    Attempt attempt = send(host.url(), mail(to, "s"));
    assertThat(attempt.problem()).hasValue("the recipient is no address");
    assertThat(host.messages()).isEmpty();
  }

  private static UnaryOperator<String> refusing(String command, String answer) {
    return asked -> asked.startsWith(command) ? answer : MailHost.taking(asked);
  }

  @ParameterizedTest
  @CsvSource({
    "RCPT, 550 5.1.1 No such user, 550",
    "RCPT, 452 4.2.2 Full, 452",
    "MAIL, 553 Not you, 553",
    "DATA, 451 Later, 451",
    "., 554 5.7.1 Spam, 554"
  })
  void what_is_refused_is_told_with_the_words_of_the_server(
      String command, String answer, int status) {
    host.answering(refusing(command, answer));
    Attempt attempt = send(host.url(), mail("dana@example.com", "s"));
    assertThat(attempt.status()).hasValue(status);
    assertThat(attempt.problem()).hasValue("not taken: " + answer);
  }

  @Test
  void a_server_that_tells_the_password_does_not_make_us_tell_it() {
    host.answering(refusing("RCPT", "550 canary-password " + "x".repeat(400)));
    Attempt attempt = send(host.url(), mail("dana@example.com", "s"));
    assertThat(attempt.problem().orElseThrow())
        .startsWith("not taken: 550  xxx")
        .hasSizeLessThan(220);
  }

  @ParameterizedTest
  @CsvSource({"EHLO", "AUTH", "MAIL", "RCPT", "DATA", "."})
  void a_server_that_dies_has_not_taken_it(String command) {
    host.answering(refusing(command, MailHost.NONE));
    Attempt attempt = send(host.url(), mail("dana@example.com", "s"));
    assertThat(attempt.delivered()).isFalse();
    assertThat(attempt.status().isPresent() ? attempt.status().get() : 0).isNotEqualTo(250);
  }

  @Test
  void a_server_that_dies_after_it_has_taken_it_is_sent_it_once() {
    host.answering(refusing("QUIT", MailHost.NONE));
    assertThat(send(host.url(), mail("dana@example.com", "s")).delivered()).isTrue();
  }

  @Test
  void a_server_that_hangs_is_left() {
    CountDownLatch never = new CountDownLatch(1);
    host.answering(
        asked -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return MailHost.NONE;
        });
    Attempt attempt = send(host.url(), mail("dana@example.com", "s"));
    assertThat(attempt.problem()).hasValue("no answer in 15 seconds");
  }

  @Test
  void a_server_that_is_not_there_is_told_so() {
    host.close();
    assertThat(send(host.url(), mail("dana@example.com", "s")).problem())
        .hasValue("the connection failed");
    assertThat(
            send("smtp://nowhere.invalid?from=keepwell@example.com", mail("dana@example.com", "s"))
                .problem())
        .hasValue("the host is not known");
  }
}
