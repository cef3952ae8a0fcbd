package keepwell.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The text of a file of keys. Each has a line of words: its name, its scopes with commas between,
 * {@code sha256:} and the hash, and, if it has its own limit, the requests a second: {@code crm
 * ingest sha256:9f86… 500/s}. What follows {@code #} is for people.
 */
public final class KeyFile {
  public static final int PER_SECOND_MAX = 1_000_000;

  private static final int NAME_LENGTH_MAX = 100;
  private static final Pattern NAME =
      Pattern.compile("[\\p{Alnum}._@-]{1," + NAME_LENGTH_MAX + "}");
  private static final Pattern HASH = Pattern.compile("sha256:([0-9a-f]{64})");
  private static final Pattern LIMIT = Pattern.compile("([1-9]\\d{0,6})/s");

  private KeyFile() {}

  /**
   * All keys of a file.
   *
   * @throws UnusableException naming the first line that is not as it should be
   */
  public static List<ApiKey> read(String text) throws UnusableException {
    List<ApiKey> keys = new ArrayList<>();
    Map<ApiKey.Hash, Integer> lines = new HashMap<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String words = line.replaceFirst("#.*", "").strip();
      if (!words.isEmpty()) {
        ApiKey key = key(number, words.split("\\s+"));
        Integer before = lines.putIfAbsent(key.hash(), number);
        require(before == null, number, "its key is that of line " + before);
        keys.add(key);
      }
    }
    return keys;
  }

  private static ApiKey key(int line, String[] words) throws UnusableException {
    require(
        words.length == 3 || words.length == 4,
        line,
        "has " + words.length + " words instead of a name, scopes, a hash and maybe a limit");
    require(isName(words[0]), line, "its name has other characters than letters, digits and ._@-");
    Set<Scope> scopes =
        scopes(words[1])
            .orElseThrow(() -> unusable(line, "its scopes are not some of " + scopes()));
    var hash = HASH.matcher(words[2]);
    require(hash.matches(), line, "its hash is not sha256: and 64 of the digits 0-9a-f");
    return new ApiKey(words[0], scopes, new ApiKey.Hash(hash.group(1)), limit(line, words));
  }

  private static OptionalInt limit(int line, String[] words) throws UnusableException {
    if (words.length == 3) {
      return OptionalInt.empty();
    }
    var limit = LIMIT.matcher(words[3]);
    require(
        limit.matches() && Integer.parseInt(limit.group(1)) <= PER_SECOND_MAX,
        line,
        "its limit is not a number from 1 to " + PER_SECOND_MAX + " and /s");
    return OptionalInt.of(Integer.parseInt(limit.group(1)));
  }

  private static void require(boolean held, int line, String problem) throws UnusableException {
    if (!held) {
      throw unusable(line, problem);
    }
  }

  private static UnusableException unusable(int line, String problem) {
    return new UnusableException("line " + line + ": " + problem);
  }

  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** Scopes with commas between; empty if it is none. */
  public static Optional<Set<Scope>> scopes(String text) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (String name : text.split(",", -1)) {
      Optional<Scope> scope = Scope.named(name);
      if (scope.isEmpty()) {
        return Optional.empty();
      }
      scopes.add(scope.get());
    }
    return Optional.of(scopes);
  }

  /** All that there are. */
  public static String scopes() {
    return Arrays.stream(Scope.values()).map(Scope::toString).collect(Collectors.joining(","));
  }

  /** The line of a key, without its end. */
  public static String line(ApiKey key) {
    String scopes = key.scopes().stream().map(Scope::toString).collect(Collectors.joining(","));
    String limit = key.perSecondMax().isPresent() ? " " + key.perSecondMax().getAsInt() + "/s" : "";
    return key.name() + " " + scopes + " sha256:" + key.hash().hex() + limit;
  }
}
