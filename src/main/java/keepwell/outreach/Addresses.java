package keepwell.outreach;

import com.google.common.net.InetAddresses;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * To which addresses messages may go: not into the network that this node itself is in, as who may
 * name a subscriber need not be who may reach what is there.
 */
public final class Addresses {
  /** Blocks that are not of the public internet (RFC 6890 and its successors), and their bits. */
  private static final List<Block> RESERVED =
      List.of(
          Block.of("0.0.0.0", 8),
          Block.of("10.0.0.0", 8),
          Block.of("100.64.0.0", 10),
          Block.of("127.0.0.0", 8),
          Block.of("169.254.0.0", 16),
          Block.of("172.16.0.0", 12),
          Block.of("192.0.0.0", 24),
          Block.of("192.0.2.0", 24),
          Block.of("192.88.99.0", 24),
          Block.of("192.168.0.0", 16),
          Block.of("198.18.0.0", 15),
          Block.of("198.51.100.0", 24),
          Block.of("203.0.113.0", 24),
          Block.of("224.0.0.0", 3),
          Block.of("::", 127),
          Block.of("64:ff9b:1::", 48),
          Block.of("100::", 64),
          Block.of("2001:db8::", 32),
          Block.of("3fff::", 20),
          Block.of("5f00::", 16),
          Block.of("fc00::", 7),
          Block.of("fe80::", 9),
          Block.of("ff00::", 8));

  /** IPv4 addresses in IPv6 ones by which a network translates (RFC 6052). */
  private static final Block TRANSLATED = Block.of("64:ff9b::", 96);

  private static final int IPV4_BYTES = 4;

  private final boolean privateAllowed;

  /** The addresses that begin with the same bits. */
  private record Block(InetAddress first, int bits) {
    static Block of(String first, int bits) {
      return new Block(InetAddresses.forString(first), bits);
    }

    boolean has(InetAddress address) {
      byte[] one = first.getAddress();
      byte[] other = address.getAddress();
      if (one.length != other.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> bit % Byte.SIZE;
        if (((one[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  /** A host has an address to which no message may go. */
  static final class NotAllowedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotAllowedException() {
      super("leads to a private address", null, false, false);
    }
  }

  public Addresses(boolean privateAllowed) {
    this.privateAllowed = privateAllowed;
  }

  /** Whether messages may go into the own network. */
  public boolean privateAllowed() {
    return privateAllowed;
  }

  /** Whether a host is known to have an address to which no message may go. Asks the network. */
  public boolean isRefused(String host) {
    try {
      resolve(host);
      return false;
    } catch (UnknownHostException e) {
      return false; // it may be known once there is a message
    } catch (NotAllowedException e) {
      return true;
    }
  }

  /**
   * The address of a host, to which messages may go. Asks the network.
   *
   * @throws NotAllowedException if any of its addresses is one to which they may not
   */
  InetAddress resolve(String host) throws UnknownHostException {
    InetAddress[] all = InetAddress.getAllByName(host);
    for (InetAddress address : all) {
      if (!privateAllowed && !isPublic(address)) {
        throw new NotAllowedException();
      }
    }
    return all[0];
  }

  static boolean isPublic(InetAddress address) {
    return RESERVED.stream().noneMatch(block -> block.has(address))
        && !(address instanceof Inet6Address ipv6 && isEmbedding(ipv6));
  }

  /** Whether it stands for an IPv4 address that is not public. */
  private static boolean isEmbedding(Inet6Address address) {
    if (TRANSLATED.has(address)) {
      return !isPublic(last(address));
    }
    return InetAddresses.hasEmbeddedIPv4ClientAddress(address)
        && !isPublic(InetAddresses.getEmbeddedIPv4ClientAddress(address));
  }

  private static Inet4Address last(Inet6Address address) {
    byte[] bytes = address.getAddress();
    int value = 0;
    for (int i = bytes.length - IPV4_BYTES; i < bytes.length; i++) {
      value = (value << Byte.SIZE) | (bytes[i] & 0xff);
    }
    return InetAddresses.fromInteger(value);
  }
}
