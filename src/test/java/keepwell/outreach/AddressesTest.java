package keepwell.outreach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.net.InetAddresses;
import java.net.UnknownHostException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AddressesTest {
  private final Addresses addresses = new Addresses(false);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1", // IPv4 in IPv6
        "::ffff:10.0.0.1",
        "::10.0.0.1",
        "2002:7f00:1::", // 6to4 of 127.0.0.1
        "2002:a00:1::1",
        "64:ff9b::7f00:1", // a translation of 127.0.0.1
        "64:ff9b:1::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "2001:db8::1"
      })
  void no_message_goes_into_the_own_network(String address) {
    assertThat(Addresses.isPublic(InetAddresses.forString(address))).isFalse();
    assertThat(addresses.isRefused(address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "93.184.216.34",
        "100.63.255.255",
        "100.128.0.1",
        "172.15.0.1",
        "172.32.0.1",
        "2606:4700:4700::1111",
        "2002:5db8:d822::1", // 6to4 of 93.184.216.34
        "64:ff9b::5db8:d822"
      })
  void messages_go_to_the_public_internet(String address) {
    assertThat(Addresses.isPublic(InetAddresses.forString(address))).isTrue();
    assertThat(addresses.isRefused(address)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "2130706433", "127.1", "0"})
  void a_host_is_known_by_its_address_however_it_is_written(String host) {
    assertThat(addresses.isRefused(host)).isTrue();
    assertThatThrownBy(() -> addresses.resolve(host))
        .isInstanceOf(Addresses.NotAllowedException.class);
  }

  @Test
  void a_name_that_is_not_known_may_be_known_later() {
    assertThat(addresses.isRefused("nobody.invalid")).isFalse();
    assertThatThrownBy(() -> addresses.resolve("nobody.invalid"))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void where_it_is_allowed_messages_go_everywhere() throws UnknownHostException {
    assertThat(new Addresses(true).isRefused("127.0.0.1")).isFalse();
    assertThat(new Addresses(true).resolve("127.0.0.1"))
        .isEqualTo(InetAddresses.forString("127.0.0.1"));
  }
}
