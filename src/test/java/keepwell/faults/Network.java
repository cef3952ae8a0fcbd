package keepwell.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.util.Optional;

/**
 * The network between the nodes. One of them can be cut off from the others; what was on its way
 * arrives when the cut is healed.
 */
final class Network {
  private Optional<String> alone = Optional.empty();

  synchronized void cutOff(String address) {
    alone = Optional.of(address);
  }

  synchronized void heal() {
    alone = Optional.empty();
    notifyAll();
  }

  private synchronized void untilWhole(String one, String other) throws InterruptedException {
    while (alone.isPresent() && (alone.get().equals(one) != alone.get().equals(other))) {
      wait();
    }
  }

  /** One connection between two nodes. */
  FaultProxy.Wire between(InetAddress client, String server) {
    return new Wire(client.getHostAddress(), server);
  }

  private final class Wire implements FaultProxy.Wire {
    private final String client;
    private final String server;

    Wire(String client, String server) {
      this.client = client;
      this.server = server;
    }

    @Override
    public void toServer(InputStream in, OutputStream out)
        throws IOException, InterruptedException {
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        untilWhole(client, server);
        out.write(buffer, 0, read);
      }
    }

    @Override
    public void toClient(InputStream in, OutputStream out)
        throws IOException, InterruptedException {
      toServer(in, out);
    }
  }
}
