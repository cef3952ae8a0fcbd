package keepwell.comparison;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** HTTP requests with signals of random accounts, written beforehand. */
final class Requests implements Supplier<ByteBuffer> {
  /** As pgbench has them. */
  static final int ACCOUNTS = 10_000;

  static final int BATCH = 100;

  /** In one stream. */
  static final int STREAM = 100_000;

  private static final int USERS = 20;

  private final Random random;
  private final List<byte[]> requests = new ArrayList<>();

  private Requests(Random random) {
    this.random = random;
  }

  /** A request for each account, with one signal. */
  static Requests single(int accounts) {
    Requests all = new Requests(new Random(1));
    for (int account = 0; account < accounts; account++) {
      all.add("application/json", all.signal(account));
    }
    return all;
  }

  /** Arrays of signals of as many accounts. */
  static Requests mixed() {
    Requests all = new Requests(new Random(2));
    for (int i = 0; i < 2_000; i++) {
      all.add(
          "application/json",
          all.random
              .ints(0, ACCOUNTS)
              .distinct()
              .limit(BATCH)
              .mapToObj(all::signal)
              .collect(Collectors.joining(",", "[", "]")));
    }
    return all;
  }

  /** Arrays of signals of one account each. */
  static Requests batches() {
    Requests all = new Requests(new Random(3));
    for (int account = 0; account < ACCOUNTS; account += 5) {
      int one = account;
      all.add(
          "application/json",
          IntStream.range(0, BATCH)
              .mapToObj(i -> all.signal(one))
              .collect(Collectors.joining(",", "[", "]")));
    }
    return all;
  }

  /** Streams of signals of random accounts. */
  static Requests streams(int accounts, int lines) {
    Requests all = new Requests(new Random(4));
    for (int i = 0; i < 8; i++) {
      all.add(
          "application/x-ndjson",
          all.random
              .ints(lines, 0, accounts)
              .mapToObj(all::signal)
              .collect(Collectors.joining("\n")));
    }
    return all;
  }

  private String signal(int account) {
    return "{\"account\":\"account-%d\",\"signal\":\"login\",\"value\":1,\"user\":\"user-%d\"}"
        .formatted(account, random.nextInt(USERS));
  }

  private void add(String type, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "POST /v1/signals HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(type, bytes.length);
    byte[] headBytes = head.getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[headBytes.length + bytes.length];
    System.arraycopy(headBytes, 0, all, 0, headBytes.length);
    System.arraycopy(bytes, 0, all, headBytes.length, bytes.length);
    requests.add(all);
  }

  @Override
  public ByteBuffer get() {
    return ByteBuffer.wrap(requests.get(random.nextInt(requests.size())));
  }
}
