package keepwell.faults;

import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Nodes on one PostgreSQL, each on a loopback address of its own, with a proxy on every way between
 * them and to the database.
 */
final class Fleet implements AutoCloseable {
  private static final int DATABASE_PORT = 5432;

  /** Where the others reach a node, and where it listens. */
  private static final int REMOTE_PORT = 25520;

  private static final int LISTENING_PORT = 25521;

  private final Postgres postgres;
  private final Network network = new Network();
  private final CommitFaults commits;
  private final List<FaultProxy> proxies = new ArrayList<>();
  private final List<Host> hosts = new ArrayList<>();
  private final List<String> addresses = new ArrayList<>();

  /**
   * @param lateCommit how long a commit is held that is late
   * @param jvmOptions of each node
   */
  Fleet(Path folder, int nodes, Duration lateCommit, List<String> jvmOptions) throws IOException {
    postgres = new Postgres(folder);
    commits = new CommitFaults(lateCommit);
    String subnet = Host.freeSubnet();
    for (int i = 1; i <= nodes; i++) {
      add(Files.createDirectories(folder.resolve("node-" + i)), subnet + i, jvmOptions);
    }
  }

  private void add(Path data, String address, List<String> jvmOptions) throws IOException {
    addresses.add(address);
    InetAddress at = InetAddresses.forString(address);
    proxies.add(
        new FaultProxy(
            new InetSocketAddress(at, DATABASE_PORT),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), postgres.port()),
            client -> commits.wire()));
    proxies.add(
        new FaultProxy(
            new InetSocketAddress(at, REMOTE_PORT),
            new InetSocketAddress(at, LISTENING_PORT),
            client -> network.between(client, address)));
    hosts.add(
        new Host(
            data,
            address,
            Map.of(
                "KEEPWELL_REMOTE_HOST",
                address,
                "KEEPWELL_REMOTE_PORT",
                Integer.toString(LISTENING_PORT),
                "KEEPWELL_CLOCK_START",
                Sent.TODAY + "T12:00:00Z",
                "KEEPWELL_JDBC_URL",
                "jdbc:postgresql://%s:%d/postgres?user=postgres&sslmode=disable"
                    .formatted(address, DATABASE_PORT)),
            Stream.concat(remoting(address), jvmOptions.stream()).toList()));
  }

  private static Stream<String> remoting(String address) {
    String artery = "-Dakka.remote.artery.";
    return Stream.of(
        artery + "canonical.port=" + REMOTE_PORT,
        artery + "bind.hostname=" + address,
        artery + "bind.port=" + LISTENING_PORT,
        artery + "advanced.tcp.outbound-client-hostname=" + address);
  }

  List<Host> hosts() {
    return hosts;
  }

  Postgres postgres() {
    return postgres;
  }

  CommitFaults commits() {
    return commits;
  }

  /** Cuts a node off from the others. */
  void cutOff(Host host) {
    network.cutOff(addresses.get(hosts.indexOf(host)));
  }

  void heal() {
    network.heal();
  }

  @Override
  public void close() throws IOException {
    hosts.forEach(Host::close);
    proxies.forEach(FaultProxy::close);
    postgres.close();
  }
}
