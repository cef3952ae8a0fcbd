package keepwell.faults;

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
    return FaultProxy.Wire.waiting(() -> untilWhole(client.getHostAddress(), server));
  }
}
