package keepwell.comparison;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** HTTP requests for some paths, in turn. */
final class Gets implements Supplier<ByteBuffer> {
  private final List<byte[]> requests;
  private int turn;

  private Gets(List<byte[]> requests) {
    this.requests = requests;
  }

  static Gets inTurn(List<String> paths) {
    return new Gets(
        paths.stream()
            .map(path -> "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
            .map(request -> request.getBytes(StandardCharsets.US_ASCII))
            .toList());
  }

  @Override
  public ByteBuffer get() {
    turn = (turn + 1) % requests.size();
    return ByteBuffer.wrap(requests.get(turn));
  }
}
