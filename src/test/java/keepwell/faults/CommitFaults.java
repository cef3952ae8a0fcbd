package keepwell.faults;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Cuts connections to PostgreSQL where it hurts most: at the commit of events. Understands as much
 * of its protocol as it takes to see one coming: a statement, prepared and bound, that commits by
 * itself.
 */
final class CommitFaults {
  /** How long a late commit is held. */
  private final Duration late;

  private final Queue<Cut> armed = new ConcurrentLinkedQueue<>();
  private final AtomicInteger done = new AtomicInteger();

  /** What happens to the commit. */
  enum Cut {
    /** It never gets to the server. */
    BEFORE,
    /** It is done, but the client is never told. */
    AFTER,
    /** It gets to the server late, even if the client is gone by then. */
    LATE
  }

  CommitFaults(Duration late) {
    this.late = late;
  }

  /** Lets it happen to the next commits. */
  void arm(Cut cut, int commits) {
    for (int i = 0; i < commits; i++) {
      armed.add(cut);
    }
  }

  /** No further commit is cut. */
  void disarm() {
    armed.clear();
  }

  /** How many commits were cut. */
  int done() {
    return done.get();
  }

  /** One connection. */
  FaultProxy.Wire wire() {
    return new Wire();
  }

  private final class Wire implements FaultProxy.Wire {
    private final Map<String, String> statements = new HashMap<>();
    private volatile boolean untold;

    @Override
    public void toServer(InputStream from, OutputStream to)
        throws IOException, InterruptedException {
      DataInputStream in = new DataInputStream(new BufferedInputStream(from));
      DataOutputStream out = new DataOutputStream(new BufferedOutputStream(to));
      pass(in, out, in.readInt()); // the first message has no type
      while (true) {
        flushUnless(in.available() > 0, out);
        byte type = in.readByte();
        byte[] body = in.readNBytes(in.readInt() - Integer.BYTES);
        if (type == 'P') {
          String name = text(body, 0);
          statements.put(name, text(body, length(name)));
        } else if (type == 'B') {
          String portal = text(body, 0);
          Optional<Cut> cut = cut(statements.getOrDefault(text(body, length(portal)), ""));
          if (cut.equals(Optional.of(Cut.BEFORE))) {
            return;
          } else if (cut.equals(Optional.of(Cut.AFTER))) {
            untold = true;
          } else if (cut.equals(Optional.of(Cut.LATE))) {
            Thread.sleep(late.toMillis());
          }
        }
        out.writeByte(type);
        out.writeInt(body.length + Integer.BYTES);
        out.write(body);
      }
    }

    /** What is to happen to a statement. */
    private Optional<Cut> cut(String statement) {
      if (statement.contains("INSERT INTO \"event_journal\"")) {
        Optional<Cut> cut = Optional.ofNullable(armed.poll());
        cut.ifPresent(ignored -> done.incrementAndGet());
        return cut;
      }
      return Optional.empty();
    }

    private static void pass(DataInputStream in, DataOutputStream out, int length)
        throws IOException {
      out.writeInt(length);
      out.write(in.readNBytes(length - Integer.BYTES));
    }

    private static void flushUnless(boolean more, DataOutputStream out) throws IOException {
      if (!more) {
        out.flush();
      }
    }

    private static String text(byte[] body, int start) {
      int end = start;
      while (body[end] != 0) {
        end++;
      }
      return new String(body, start, end - start, StandardCharsets.UTF_8);
    }

    private static int length(String text) {
      return text.getBytes(StandardCharsets.UTF_8).length + 1;
    }

    @Override
    public void toClient(InputStream in, OutputStream out) throws IOException {
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0 && !untold; read = in.read(buffer)) {
        out.write(buffer, 0, read);
      }
    }
  }
}
