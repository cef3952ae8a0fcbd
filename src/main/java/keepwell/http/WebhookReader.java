package keepwell.http;

import akka.http.javadsl.model.Uri;
import akka.http.scaladsl.model.IllegalUriException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import keepwell.health.Fault;
import keepwell.health.Text;
import keepwell.outreach.Addresses;
import keepwell.outreach.EventType;
import keepwell.outreach.Secret;

/** Reads what a subscriber wants. Every fault is named, each by its path. */
final class WebhookReader {
  private static final int URL_LENGTH_MAX = 2000;
  private static final int DESCRIPTION_LENGTH_MAX = 200;
  private static final int PORT_MAX = 65535;

  private final Addresses addresses;

  /** A faultless one. */
  record Draft(URI url, Set<EventType> eventTypes, String description, Secret secret) {}

  WebhookReader(Addresses addresses) {
    this.addresses = addresses;
  }

  /**
   * Asks the network for the address of the URL's host.
   *
   * @throws Problem.Raised naming all faults
   */
  Draft read(Object json) {
    Set<Fault> faults = new LinkedHashSet<>();
    Map<?, ?> body = object(json, List.of("url", "eventTypes", "description", "secret"), faults);
    Draft draft =
        new Draft(
            url(body.get("url"), faults),
            eventTypes(body.get("eventTypes"), faults),
            description(body.get("description"), faults),
            secret(body.get("secret"), faults));
    requireNone(faults);
    return draft;
  }

  /**
   * Reads {@code {"secret": …}}, or an empty object for one that is made now.
   *
   * @throws Problem.Raised naming all faults
   */
  static Secret secret(Object json) {
    Set<Fault> faults = new LinkedHashSet<>();
    Secret secret = secret(object(json, List.of("secret"), faults).get("secret"), faults);
    requireNone(faults);
    return secret;
  }

  private static void requireNone(Set<Fault> faults) {
    if (!faults.isEmpty()) {
      throw new Problem.Raised(Problem.ofFaults("invalid-webhook", faults));
    }
  }

  private static Map<?, ?> object(Object json, List<String> known, Set<Fault> faults) {
    if (!(json instanceof Map<?, ?> body)) {
      faults.add(new Fault("", "must be an object"));
      return Map.of();
    }
    body.keySet().stream()
        .map(String::valueOf)
        .filter(name -> !known.contains(name))
        .map(name -> Text.shown(name, "field"))
        .forEach(name -> faults.add(new Fault(name, "is not known; there are " + known)));
    return body;
  }

  private URI url(Object value, Set<Fault> faults) {
    Optional<URI> url = Optional.empty();
    String fault = "must be a URL";
    if (value instanceof String text && text.length() <= URL_LENGTH_MAX) {
      url = parsed(text);
      fault = url.flatMap(this::fault).orElse(url.isEmpty() ? fault : "");
    }
    if (!fault.isEmpty()) {
      faults.add(new Fault("url", fault));
    }
    return url.orElse(null);
  }

  private static Optional<URI> parsed(String text) {
    try {
      Uri.create(text); // by which it is sent
      return Optional.of(new URI(text));
    } catch (IllegalUriException | URISyntaxException e) {
      return Optional.empty();
    }
  }

  private Optional<String> fault(URI url) {
    String scheme = String.valueOf(url.getScheme());
    boolean plain = scheme.equals("http") && addresses.privateAllowed();
    if (!scheme.equals("https") && !plain) {
      return Optional.of("must begin with https://");
    }
    if (url.getHost() == null || url.getPort() == 0 || url.getPort() > PORT_MAX) {
      return Optional.of("must name a host, and a port from 1 to 65535 if any");
    }
    if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
      return Optional.of("must have neither a password nor a fragment");
    }
    return addresses.isRefused(host(url))
        ? Optional.of("leads to a private address; KEEPWELL_WEBHOOKS_ALLOW_PRIVATE may allow it")
        : Optional.empty();
  }

  /** Without the brackets of an IPv6 address. */
  private static String host(URI url) {
    return url.getHost().replaceAll("^\\[|]$", "");
  }

  /** All there are, if none is named. */
  private static Set<EventType> eventTypes(Object value, Set<Fault> faults) {
    if (value == null) {
      return EnumSet.allOf(EventType.class);
    }
    Set<EventType> types = EnumSet.noneOf(EventType.class);
    if (!(value instanceof List<?> names) || names.isEmpty()) {
      faults.add(new Fault("eventTypes", "must be a list of some of " + EventType.names()));
      return types;
    }
    for (int i = 0; i < names.size(); i++) {
      Optional<EventType> type =
          names.get(i) instanceof String name ? EventType.named(name) : Optional.empty();
      type.ifPresent(types::add);
      if (type.isEmpty()) {
        faults.add(new Fault("eventTypes[%d]".formatted(i), "is none of " + EventType.names()));
      }
    }
    return types;
  }

  private static String description(Object value, Set<Fault> faults) {
    if (value == null) {
      return "";
    }
    Optional<String> fault =
        value instanceof String text
            ? Text.fault(text, DESCRIPTION_LENGTH_MAX).filter(any -> !text.isEmpty())
            : Optional.of("must be a text");
    fault.ifPresent(problem -> faults.add(new Fault("description", problem)));
    return value.toString();
  }

  private static Secret secret(Object value, Set<Fault> faults) {
    if (value == null) {
      return Secret.generated();
    }
    Optional<Secret> secret = value instanceof String text ? Secret.read(text) : Optional.empty();
    if (secret.isEmpty()) {
      faults.add(new Fault("secret", Secret.fault(value.toString())));
    }
    return secret.orElse(null);
  }
}
