package keepwell.report;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where pages are found.
 *
 * @param base before their paths; empty if that is not known
 */
record Links(Optional<String> base) {
  /** From one page to others. */
  static final Links WITHIN = new Links(Optional.of(""));

  static final Links NONE = new Links(Optional.empty());

  /** From an e-mail. */
  static Links to(String publicUrl) {
    return publicUrl.isEmpty() ? NONE : new Links(Optional.of(publicUrl));
  }

  /** Of the report, for whoever does not see it there; empty if that is not known. */
  String report() {
    return base.filter(url -> !url.isEmpty()).map(url -> url + "/v1/reports/weekly").orElse("");
  }

  /** Of an account; empty if that is not known. */
  String account(String id) {
    String encoded = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    return base.map(url -> url + "/accounts/" + encoded).orElse("");
  }
}
