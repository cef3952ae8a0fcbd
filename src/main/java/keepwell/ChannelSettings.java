package keepwell;

import akka.http.javadsl.model.Uri;
import akka.http.scaladsl.model.IllegalUriException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import keepwell.outreach.MailServer;

/** Where messages go besides webhooks. Each is a secret, and told in no failure. */
final class ChannelSettings {
  private static final String SLACK = "slack.url";
  private static final String SMTP = "smtp.url";

  private ChannelSettings() {}

  /** Empty if there is none. */
  static Optional<URI> slack(SettingsReader keepwell) {
    return told(keepwell, SLACK).map(ChannelSettings::slack);
  }

  private static URI slack(String text) {
    try {
      Uri.create(text); // by which it is sent
      URI url = new URI(text);
      boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
      if (web && url.getHost() != null && url.getRawUserInfo() == null) {
        return url;
      }
    } catch (IllegalUriException | URISyntaxException e) {
      // Either would tell the URL.
    }
    throw SettingsReader.failure(SLACK, "must be a URL such as https://hooks.slack.com/services/…");
  }

  /** Empty if there is none. */
  static Optional<MailServer> mail(SettingsReader keepwell) {
    return told(keepwell, SMTP).map(ChannelSettings::mail);
  }

  private static MailServer mail(String text) {
    try {
      return MailServer.read(text);
    } catch (IllegalArgumentException e) {
      throw SettingsReader.failure(SMTP, e.getMessage());
    }
  }

  private static Optional<String> told(SettingsReader keepwell, String key) {
    SettingsReader.requireUntold(key, "");
    return Optional.of(keepwell.secret(key)).filter(url -> !url.isEmpty());
  }
}
