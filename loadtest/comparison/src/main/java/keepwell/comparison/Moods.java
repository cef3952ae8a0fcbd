package keepwell.comparison;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;

/**
 * Requests with a signal of one account after the other, of which every so many changes the
 * account's tier; and when they were answered. Accounts are many enough that none has two under
 * way, and do not change all at the same time.
 */
final class Moods implements Supplier<ByteBuffer> {
  private static final int ACCOUNTS = 10_000;
  private static final int EACH_MAX = 100;
  private static final String NAME = "\"account\":\"mood-";

  private final AtomicLongArray answeredAt = new AtomicLongArray(ACCOUNTS * EACH_MAX);
  private final AtomicIntegerArray answers = new AtomicIntegerArray(ACCOUNTS);
  private final AtomicInteger changes = new AtomicInteger();
  private final int every;
  private int sent;

  /**
   * @param every how many signals of an account there are to a change; the first makes one too
   */
  Moods(int every) {
    this.every = every;
  }

  @Override
  public ByteBuffer get() {
    int account = sent % ACCOUNTS;
    // The same again if it was refused.
    int mood = (answers.get(account) + account) / every % 2 * 100;
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
    int number = answers.getAndIncrement(account);
    answeredAt.set(place(account, number), System.nanoTime());
    if (number == 0 || (number + account) % every == 0) {
      changes.incrementAndGet();
    }
  }

  /** How many of those that were answered changed a tier. */
  int changes() {
    return changes.get();
  }

  /** When the signal of an account's change was answered, the first being 0; 0 if not yet. */
  long answeredAt(int account, int change) {
    int second = every - account % every;
    return answeredAt.get(place(account, change == 0 ? 0 : second + (change - 1) * every));
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
