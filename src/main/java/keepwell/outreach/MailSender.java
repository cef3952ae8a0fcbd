package keepwell.outreach;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.MimeMessage;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLException;
import keepwell.outreach.MailServer.Login;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/** Hands e-mails in by SMTP, one at a time, each on a connection of its own. */
final class MailSender implements Sender {
  private static final int TAKEN = 250;

  /** What the library says where a server does not offer it, and must. */
  private static final String STARTTLS_LACKING =
      "STARTTLS is required but host does not support STARTTLS";

  /** For each answer of the server, and to connect. */
  private static final Duration ANSWER_MAX = Duration.ofSeconds(15);

  private final MailServer server;
  private final int installation;
  private final InstantSource realClock;
  private final Executor blocking;
  private final Session session;

  /**
   * @param installation a number by which its ids differ from those of others
   * @param blocking where it may wait for the server
   */
  MailSender(MailServer server, int installation, InstantSource realClock, Executor blocking) {
    this.server = server;
    this.installation = installation;
    this.realClock = realClock;
    this.blocking = blocking;
    this.session = Session.getInstance(properties(server));
  }

  private static Properties properties(MailServer server) {
    String protocol = protocol(server);
    String millis = Long.toString(ANSWER_MAX.toMillis());
    Properties properties = new Properties();
    properties.setProperty("mail.%s.connectiontimeout".formatted(protocol), millis);
    properties.setProperty("mail.%s.timeout".formatted(protocol), millis);
    properties.setProperty("mail.%s.writetimeout".formatted(protocol), millis);
    properties.setProperty(
        "mail.%s.auth".formatted(protocol), Boolean.toString(server.login().isPresent()));
    properties.setProperty("mail.%s.ssl.checkserveridentity".formatted(protocol), "true");
    properties.setProperty("mail.%s.quitwait".formatted(protocol), "false");
    properties.setProperty("mail.smtp.starttls.enable", "true");
    properties.setProperty("mail.smtp.starttls.required", Boolean.toString(server.tlsRequired()));
    return properties;
  }

  private static String protocol(MailServer server) {
    return server.secure() ? "smtps" : "smtp";
  }

  @Override
  public int atOnceMax() {
    return 1;
  }

  @Override
  public CompletionStage<Attempt> send(Recipient to, String messageId, String body) {
    return CompletableFuture.supplyAsync(() -> send(messageId, body), blocking);
  }

  private Attempt send(String messageId, String body) {
    Instant now = realClock.instant();
    long start = System.nanoTime();
    Optional<Exception> failure = handIn(messageId, body, now);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    return failure
        .map(e -> refused(now, took, e))
        .orElseGet(() -> Attempt.answered(now, took, TAKEN, Optional.empty()));
  }

  private Attempt refused(Instant now, Duration took, Exception failure) {
    Optional<MessagingException> refusal = refusal(failure);
    String words = refusal.map(MessagingException::getMessage).orElse("");
    return new Attempt(
            now,
            took,
            refusal.flatMap(MailSender::status),
            Optional.of(problem(failure)),
            Optional.empty())
        .saying(server.login().map(login -> words.replace(login.password(), "")).orElse(words));
  }

  /** Empty if it was taken. */
  private Optional<Exception> handIn(String messageId, String body, Instant now) {
    try {
      MimeMessage message =
          Mails.message(session, ContentJson.mail(body), server.from(), id(messageId), now);
      Transport transport = session.getTransport(protocol(server));
      try {
        transport.connect(
            server.host(),
            server.port(),
            server.login().map(Login::user).orElse(null),
            server.login().map(Login::password).orElse(null));
        transport.sendMessage(message, message.getAllRecipients());
      } finally {
        close(transport);
      }
      return Optional.empty();
    } catch (MessagingException | RuntimeException e) {
      return Optional.of(e);
    }
  }

  private static void close(Transport transport) {
    try {
      transport.close();
    } catch (MessagingException e) {
      // What became of the message was said before.
    }
  }

  private String id(String messageId) {
    String from = server.from().getAddress();
    return "<%s.%d@%s>"
        .formatted(messageId, installation, from.substring(from.lastIndexOf('@') + 1));
  }

  /** What the server has answered to what it did not take. */
  private static Optional<MessagingException> refusal(Exception failure) {
    Optional<MessagingException> last = Optional.empty();
    for (Throwable cause = failure; cause != null; cause = next(cause)) {
      if (cause instanceof MessagingException refused && status(refused).isPresent()) {
        last = Optional.of(refused); // what follows is nearer to it
      }
    }
    return last;
  }

  private static Optional<Integer> status(MessagingException refusal) {
    if (refusal instanceof SMTPAddressFailedException recipient) {
      return Optional.of(recipient.getReturnCode());
    }
    if (refusal instanceof SMTPSenderFailedException sender) {
      return Optional.of(sender.getReturnCode());
    }
    return refusal instanceof SMTPSendFailedException message
        ? Optional.of(message.getReturnCode())
        : Optional.empty();
  }

  private static Throwable next(Throwable cause) {
    return cause instanceof MessagingException failed && failed.getNextException() != null
        ? failed.getNextException()
        : cause.getCause();
  }

  /** What went wrong, in words that tell nothing of our inside. */
  private static String problem(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = next(cause)) {
      if (cause instanceof AuthenticationFailedException) {
        return "the user or the password is refused";
      }
      if (cause instanceof AddressException) {
        return "the recipient is no address";
      }
      if (cause instanceof UnknownHostException) {
        return "the host is not known";
      }
      if (cause instanceof SSLException) {
        return "no secure connection: " + cause.getMessage();
      }
      if (STARTTLS_LACKING.equals(cause.getMessage())) {
        return "no secure connection: STARTTLS is not offered";
      }
      if (cause instanceof SocketTimeoutException) {
        return "no answer in " + ANSWER_MAX.toSeconds() + " seconds";
      }
    }
    return refusal(failure).isPresent() ? "not taken" : "the connection failed";
  }
}
