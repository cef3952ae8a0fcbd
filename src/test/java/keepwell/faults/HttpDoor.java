package keepwell.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import keepwell.faults.Findings.Kind;
import keepwell.faults.Sent.Outcome;

/** A node's HTTP interface. */
final class HttpDoor implements Door {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ARRAY_MAX = 50;

  private final HttpClient client;
  private final URI signals;
  private final Findings findings;

  HttpDoor(HttpClient client, URI node, Findings findings) {
    this.findings = findings;
    this.client = client;
    this.signals = node.resolve("/v1/signals");
  }

  @Override
  public CompletableFuture<Receipt> deliver(List<Sent> sent, Random random) {
    boolean array = sent.size() <= ARRAY_MAX;
    List<String> records = sent.stream().map(Sent::json).toList();
    String body =
        array && sent.size() > 1
            ? "[" + String.join(",", records) + "]"
            : String.join("\n", records);
    HttpRequest request =
        HttpRequest.newBuilder(signals)
            .timeout(Duration.ofSeconds(1 + random.nextInt(7)))
            .header("Content-Type", array ? "application/json" : "application/x-ndjson")
            .POST(BodyPublishers.ofString(body))
            .build();
    return client
        .sendAsync(request, BodyHandlers.ofString())
        .handle(
            (response, failure) ->
                failure == null ? receipt(sent, response) : Receipt.all(sent, outcome(failure)));
  }

  /** Only a connection that was refused says that nothing was sent. */
  private static Outcome outcome(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return cause instanceof ConnectException ? Outcome.FAILED : Outcome.UNKNOWN;
  }

  private Receipt receipt(List<Sent> sent, HttpResponse<String> response) {
    int status = response.statusCode();
    if (status == 200 || status == 422) {
      return receipt(sent, read(response.body()));
    }
    if (status == 429 || status >= 500) {
      // Of several accounts some may have been asked before there were too many.
      boolean certain = status == 429 && sent.size() == 1;
      return Receipt.all(sent, certain ? Outcome.FAILED : Outcome.UNKNOWN);
    }
    findings.add(Kind.UNEXPECTED_ANSWER, status + " " + response.body());
    return Receipt.all(sent, Outcome.UNKNOWN);
  }

  private Receipt receipt(List<Sent> sent, JsonNode answer) {
    JsonNode rejected = answer.get("rejected");
    int accepted = answer.get("accepted").asInt();
    int duplicates = answer.get("duplicates").asInt();
    if (accepted + duplicates + rejected.size() != sent.size()) {
      findings.add(Kind.UNEXPECTED_ANSWER, "to " + sent.size() + " signals: " + answer);
    }
    Map<Sent, Outcome> outcomes = new HashMap<>(Receipt.all(sent, Outcome.OK).outcomes());
    rejected.forEach(one -> outcomes.put(sent.get(one.get("index").asInt()), Outcome.FAILED));
    return new Receipt(outcomes, accepted, duplicates);
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("answered " + json, e);
    }
  }
}
