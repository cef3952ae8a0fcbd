package keepwell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import keepwell.access.ApiKey;
import keepwell.access.KeyFile;
import keepwell.access.Scope;
import keepwell.access.UnusableException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code keepwell key}. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class KeyCommandTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** Makes a key, and returns it. */
  private String make(String... arguments) {
    assertThat(execute(arguments)).isZero();
    return out.toString().strip();
  }

  private int execute(String... arguments) {
    out.getBuffer().setLength(0);
    CommandLine command =
        new CommandLine(new KeyCommand())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    command.setExecutionExceptionHandler(
        (failure, line, parsed) -> {
          assertThat(failure).isInstanceOf(StartFailure.class);
          err.write(failure.getMessage());
          return 1;
        });
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--file", file().toString()));
    return command.execute(all.toArray(String[]::new));
  }

  private Path file() {
    return folder.resolve("keys");
  }

  private static ApiKey key(String name, Scope scope, String key) {
    return new ApiKey(name, Set.of(scope), ApiKey.Hash.of(key), OptionalInt.empty());
  }

  @Test
  void each_key_is_shown_alone_and_its_hash_added_to_a_file_that_is_ones_own()
      throws IOException, UnusableException {
    String admin = make();
    String ingest = make("crm", "--scopes", "ingest");
    assertThat(admin).matches("kw_[A-Za-z0-9_-]{43}");
    assertThat(KeyFile.read(Files.readString(file())))
        .containsExactly(key("admin", Scope.ADMIN, admin), key("crm", Scope.INGEST, ingest));
    assertThat(Files.readString(file())).doesNotContain(admin, ingest);
    assertThat(err.toString()).doesNotContain(admin, ingest);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void it_is_added_to_a_file_without_an_end_of_line_as_well() throws Exception {
    Files.writeString(file(), "# keys");
    String key = make("bi", "--scopes", "read,ingest", "--per-second", "50");
    assertThat(KeyFile.read(Files.readString(file())))
        .containsExactly(
            new ApiKey(
                "bi", Set.of(Scope.READ, Scope.INGEST), ApiKey.Hash.of(key), OptionalInt.of(50)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a/b", "--scopes=write", "--scopes=", "--per-second=0", "--per-second=9999999"})
  void what_it_does_not_know_makes_no_key(String argument) {
    assertThat(execute(argument)).isEqualTo(1);
    assertThat(err.toString()).contains(" must be ");
    assertThat(file()).doesNotExist();
    assertThat(out.toString()).isEmpty();
  }
}
