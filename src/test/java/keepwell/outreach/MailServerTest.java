package keepwell.outreach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MailServerTest {
  @Test
  void a_server_is_read_from_a_url() {
    MailServer server =
        MailServer.read(
            "smtp://us%40er:p@ss%3A%2Fw@mail.example:587"
                + "?from=Keep%20Well%20<keep+well@example.com>&starttls=required");
    assertThat(server.host()).isEqualTo("mail.example");
    assertThat(server.port()).isEqualTo(587);
    assertThat(server.secure()).isFalse();
    assertThat(server.tlsRequired()).isTrue();
    assertThat(server.login()).hasValue(new MailServer.Login("us@er", "p@ss:/w"));
    assertThat(server.from()).hasToString("Keep Well <keep+well@example.com>");
    assertThat(server + "" + server.login()).doesNotContain("p@ss", "us@er", "mail.example");
  }

  @ParameterizedTest
  @CsvSource({
    "smtp://localhost?from=k@example.com, localhost, 25, false",
    "smtps://127.0.0.1/?from=k@example.com, 127.0.0.1, 465, true",
    "smtps://[::1]:1025?from=k@example.com, ::1, 1025, true"
  })
  void what_is_not_said_is_as_usual(String url, String host, int port, boolean secure) {
    MailServer server = MailServer.read(url);
    assertThat(server.host()).isEqualTo(host);
    assertThat(server.port()).isEqualTo(port);
    assertThat(server.secure()).isEqualTo(secure);
    assertThat(server.tlsRequired()).isFalse();
    assertThat(server.login()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          canary, must be a URL such as smtp://user:password@host:587?from=keepwell@example.com
          http://canary?from=k@example.com, must be a URL such as smtp://user:password@host:587?from=keepwell@example.com
          smtp://?from=k@example.com, must be a URL such as smtp://user:password@host:587?from=keepwell@example.com
          smtp://canary:0?from=k@example.com, must have a port from 1 to 65535
          smtp://canary:65536?from=k@example.com, must have a port from 1 to 65535
          smtp://canary@localhost?from=k@example.com, must have a password with its user
          smtp://canary:@localhost?from=k@example.com, must have a password with its user
          smtp://canary, 'must have the address of the sender, such as ?from=keepwell@example.com'
          smtp://localhost?from=canary, 'must have the address of the sender, such as ?from=keepwell@example.com'
          smtp://localhost?from=canary@a%0d%0aBcc:x@example.com, 'must have the address of the sender, such as ?from=keepwell@example.com'
          'smtp://localhost?from=canary@a,b@c', 'must have the address of the sender, such as ?from=keepwell@example.com'
          smtp://localhost?from=%zzcanary, must have % before two hexadecimal digits only
          smtp://localhost?from=k@example.com&from=canary, must have from and starttls once
          smtp://localhost?from=k@example.com&canary=1, must have from and starttls only after its ?
          smtp://localhost?from=k@example.com&canary, must have from and starttls only after its ?
          smtp://localhost?from=k@example.com&starttls=canary, 'may have starttls=required, with smtp, and no other starttls'
          smtps://localhost?from=k@example.com&starttls=required, 'may have starttls=required, with smtp, and no other starttls'
          """)
  void what_is_wrong_is_said_in_words_that_do_not_tell_it(String url, String problem) {
    assertThatThrownBy(() -> MailServer.read(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(problem)
        .hasNoCause();
  }
}
