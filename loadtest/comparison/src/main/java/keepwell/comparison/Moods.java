package keepwell.comparison;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;

/**
 * Requests with a signal of one account after the other, each of which changes the account's tier;
 * and when they were answered. Accounts are many enough that none has two under way.
 */
final class Moods implements Supplier<ByteBuffer> {
  private static final int ACCOUNTS = 10_000;
  private static final int EACH_MAX = 100;
  private static final String NAME = "\"account\":\"mood-";

  private final AtomicLongArray answeredAt = new AtomicLongArray(ACCOUNTS * EACH_MAX);
  private final AtomicIntegerArray answers = new AtomicIntegerArray(ACCOUNTS);
  private final AtomicInteger answered = new AtomicInteger();
  private int sent;

  @Override
  public ByteBuffer get() {
    int account = sent % ACCOUNTS;
    int mood = answers.get(account) % 2 * 100; // the same again if it was refused
    sent++;
    String body =
        "{\"account\":\"mood-%d\",\"signal\":\"mood\",\"value\":%d}".formatted(account, mood);
    String head =
        "POST /v1/signals HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(body.length());
    return ByteBuffer.wrap((head + body).getBytes(StandardCharsets.US_ASCII));
  }

  /** Notes that a request was answered. */
  void answered(String body) {
    int account = account(body);
    answeredAt.set(place(account, answers.getAndIncrement(account)), System.nanoTime());
    answered.incrementAndGet();
  }

  /** How many were answered. */
  int answered() {
    return answered.get();
  }

  /** When a request of an account was answered, the first being 0; 0 if it was not yet. */
  long answeredAt(int account, int number) {
    return answeredAt.get(place(account, number));
  }

  private static int place(int account, int number) {
    return account * EACH_MAX + number;
  }

  /** The account that a JSON text is about. */
  static int account(String json) {
    int at = json.indexOf(NAME) + NAME.length();
    return Integer.parseInt(json.substring(at, json.indexOf('"', at)));
  }

  static int accounts() {
    return ACCOUNTS;
  }
}
