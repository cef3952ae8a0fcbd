package keepwell.faults;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;

/** A build with one defect, which must be found. */
enum Mutant {
  ANSWERS_BEFORE_IT_STORES(
      "keepwell/account/AccountEntity",
      """
          return effect
              .thenRun((Account stored) -> waiting.answered())
              .thenReply(to, stored -> refusal.<Answer>map(no -> no).orElse(decision.answer()));
      """,
      """
          to.tell(refusal.<Answer>map(no -> no).orElse(decision.answer()));
          return effect.thenRun((Account stored) -> waiting.answered()).thenNoReply();
      """),
  KEEPS_NO_IDS_IN_SNAPSHOTS(
      "keepwell/health/Account",
      """
              facts,
              remembered,
              erasedAt,
      """,
      """
              facts,
              RememberedIds.NONE,
              erasedAt,
      """),
  KNOWS_NO_DUPLICATE(
      "keepwell/health/Decider",
      "} else if (signal.id() != 0 && !ids.contains(signal.id())) {",
      "} else if (false) {");

  private static final Path SOURCES = Path.of("src/main/java");

  private final String type;
  private final Pattern right;
  private final String wrong;

  Mutant(String type, String right, String wrong) {
    this.type = type;
    this.right =
        Pattern.compile(
            Arrays.stream(right.strip().split("\\s+"))
                .map(Pattern::quote)
                .collect(Collectors.joining("\\s+")));
    this.wrong = wrong;
  }

  /**
   * Compiles it.
   *
   * @return options for a node that is to run it
   */
  List<String> compiled(Path folder) throws IOException {
    String source = Files.readString(SOURCES.resolve(type + ".java"));
    if (right.matcher(source).results().count() != 1) {
      throw new AssertionError("not once in " + type + ": " + right);
    }
    Path mutated = Files.createDirectories(folder.resolve("source")).resolve(simpleName());
    Files.writeString(mutated, right.matcher(source).replaceFirst(Matcher.quoteReplacement(wrong)));
    Path classes = Files.createDirectories(folder.resolve("classes"));
    String classPath = System.getProperty("java.class.path");
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                classPath,
                "-d",
                classes.toString(),
                mutated.toString());
    if (failed != 0) {
      throw new AssertionError(this + " does not compile");
    }
    return List.of("-cp", classes + File.pathSeparator + classPath);
  }

  private String simpleName() {
    return Path.of(type).getFileName() + ".java";
  }
}
