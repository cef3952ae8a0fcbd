package keepwell.outreach;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where e-mails are handed in, and from whom they are.
 *
 * @param secure whether it speaks TLS from the first byte
 * @param tlsRequired whether nothing is sent unless it offers STARTTLS; else that is used if
 *     offered
 */
public record MailServer(
    String host,
    int port,
    boolean secure,
    boolean tlsRequired,
    Optional<Login> login,
    InternetAddress from) {
  private static final int PORT = 25;
  private static final int PORT_SECURE = 465;
  private static final int PORT_MAX = 65535;
  private static final String FROM = "from";
  private static final String STARTTLS = "starttls";

  /** The last @ before what follows the host, as passwords may have some. */
  private static final Pattern URL =
      Pattern.compile(
          "(smtps?)://(?:([^/?]*)@)?(\\[[0-9a-fA-F:.]+]|[^:/?@\\s]+)(?::(\\d{1,5}))?/?(?:\\?(.*))?");

  /** Who may hand in. */
  public record Login(String user, String password) {
    @Override
    public String toString() {
      return "Login"; // it does not belong in a log
    }
  }

  /**
   * Reads {@code smtp://user:password@host:587?from=Keepwell <keepwell@example.com>}, or {@code
   * smtps://…}; with {@code starttls=required} nothing is sent unencrypted.
   *
   * @throws IllegalArgumentException saying what is wrong, in words that tell nothing of the value
   */
  public static MailServer read(String url) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "must be a URL such as smtp://user:password@host:587?from=keepwell@example.com");
    }
    boolean secure = parts.group(1).equals("smtps");
    int port =
        Optional.ofNullable(parts.group(4))
            .map(Integer::parseInt)
            .orElse(secure ? PORT_SECURE : PORT);
    require(port >= 1 && port <= PORT_MAX, "must have a port from 1 to 65535");
    Map<String, String> query = query(Optional.ofNullable(parts.group(5)).orElse(""));
    Optional<String> starttls = Optional.ofNullable(query.get(STARTTLS));
    require(
        starttls.isEmpty() || (starttls.get().equals("required") && !secure),
        "may have starttls=required, with smtp, and no other starttls");
    return new MailServer(
        parts.group(3).replaceAll("^\\[|]$", ""),
        port,
        secure,
        starttls.isPresent(),
        Optional.ofNullable(parts.group(2)).map(MailServer::login),
        from(Optional.ofNullable(query.get(FROM)).orElse("")));
  }

  private static void require(boolean met, String problem) {
    if (!met) {
      throw new IllegalArgumentException(problem);
    }
  }

  private static Login login(String userInfo) {
    int colon = userInfo.indexOf(':');
    require(colon > 0 && colon < userInfo.length() - 1, "must have a password with its user");
    return new Login(decoded(userInfo.substring(0, colon)), decoded(userInfo.substring(colon + 1)));
  }

  private static Map<String, String> query(String query) {
    Map<String, String> values = new HashMap<>();
    for (String one : query.isEmpty() ? List.<String>of() : List.of(query.split("&", -1))) {
      int equal = Math.max(0, one.indexOf('='));
      String name = one.substring(0, equal);
      require(
          Set.of(FROM, STARTTLS).contains(name), "must have from and starttls only after its ?");
      require(!values.containsKey(name), "must have from and starttls once");
      values.put(name, decoded(one.substring(equal + 1)));
    }
    return values;
  }

  /** A plus is itself: addresses may have one. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("must have % before two hexadecimal digits only", null);
    }
  }

  private static InternetAddress from(String text) {
    try {
      InternetAddress read = Mails.address(text);
      return new InternetAddress(read.getAddress(), read.getPersonal(), "UTF-8");
    } catch (AddressException | UnsupportedEncodingException e) {
      throw new IllegalArgumentException(
          "must have the address of the sender, such as ?from=keepwell@example.com", null);
    }
  }

  @Override
  public String toString() {
    return "MailServer"; // it does not belong in a log
  }
}
