package keepwell;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import keepwell.access.ApiKey;
import keepwell.access.KeyFile;
import keepwell.access.Scope;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keepwell key}: makes an API key. What is kept of it is a line in a file. */
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    description =
        "Makes an API key, and shows it once. Its hash is added to the file that KEEPWELL_API_KEYS"
            + " names; nodes read that again by themselves. A key ends when its line is removed.")
final class KeyCommand implements Callable<Integer> {
  private static final FileAttribute<?> OWN =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "NAME",
      defaultValue = "admin",
      description =
          "Who will have it, for the audit log: letters, digits and ._@-. Default: ${DEFAULT-VALUE}")
  private String name;

  @Option(
      names = "--scopes",
      paramLabel = "SCOPES",
      defaultValue = "admin",
      description =
          "What it may do, with commas between: ingest (send signals, and see nothing), read (ask,"
              + " and change nothing), admin (everything). Default: ${DEFAULT-VALUE}")
  private String scopes;

  @Option(
      names = "--per-second",
      paramLabel = "REQUESTS",
      description = "How many requests it may make in a second, if others than the settings say.")
  private Optional<Integer> perSecondMax;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "The file to add it to, instead of that of KEEPWELL_API_KEYS.")
  private Optional<Path> file;

  @Override
  public Integer call() {
    Set<Scope> granted =
        KeyFile.scopes(scopes)
            .orElseThrow(
                () ->
                    new StartFailure(
                        "--scopes must be some of " + KeyFile.scopes() + ": " + scopes));
    if (!KeyFile.isName(name)) {
      throw new StartFailure("NAME must be letters, digits and ._@-: " + name);
    }
    if (perSecondMax.filter(max -> max < 1 || max > KeyFile.PER_SECOND_MAX).isPresent()) {
      throw new StartFailure("--per-second must be from 1 to " + KeyFile.PER_SECOND_MAX);
    }
    String key = ApiKey.random();
    OptionalInt limit = perSecondMax.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    String line = KeyFile.line(new ApiKey(name, granted, ApiKey.Hash.of(key), limit));
    Optional<Path> target = file.or(() -> Settings.apiKeys(ConfigFactory.load()));
    if (target.isPresent()) {
      add(target.get(), line);
      spec.commandLine()
          .getErr()
          .printf("Added to %s: %s, %s. The key is shown this once:%n", target.get(), name, scopes);
    } else {
      spec.commandLine()
          .getErr()
          .printf(
              "Add this line to a file, and set KEEPWELL_API_KEYS to that file:%n%s%n"
                  + "The key is shown this once:%n",
              line);
    }
    spec.commandLine().getOut().println(key);
    return CommandLine.ExitCode.OK;
  }

  private static void add(Path file, String line) {
    try {
      if (Files.notExists(file)) {
        Files.createFile(file, OWN);
      }
      boolean cut = Files.size(file) > 0 && !Files.readString(file).endsWith("\n");
      Files.writeString(file, (cut ? "\n" : "") + line + "\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new StartFailure("cannot write " + file + ": " + e.getClass().getSimpleName());
    }
  }
}
