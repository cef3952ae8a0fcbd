package keepwell.comparison;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The heap of another virtual machine, in MB. */
final class Heap implements AutoCloseable {
  private static final double MB = 1e6;

  private final JMXConnector connector;
  private final MemoryMXBean memory;
  private final List<MemoryPoolMXBean> pools;

  Heap(long pid) throws IOException {
    this.connector = JMXConnectorFactory.connect(new JMXServiceURL(address(pid)));
    MBeanServerConnection server = connector.getMBeanServerConnection();
    this.memory = ManagementFactory.getPlatformMXBean(server, MemoryMXBean.class);
    this.pools =
        ManagementFactory.getPlatformMXBeans(server, MemoryPoolMXBean.class).stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();
  }

  private static String address(long pid) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      String address = machine.startLocalManagementAgent();
      machine.detach();
      return address;
    } catch (AttachNotSupportedException e) {
      throw new IOException(e);
    }
  }

  /** What is reached, after a collection. */
  double live() {
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed() / MB;
  }

  /** The most that has been used, garbage included, at most; forgotten with this. */
  double peak() {
    double peak = pools.stream().mapToDouble(pool -> pool.getPeakUsage().getUsed()).sum() / MB;
    pools.forEach(MemoryPoolMXBean::resetPeakUsage);
    return peak;
  }

  double max() {
    return memory.getHeapMemoryUsage().getMax() / MB;
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
