package keepwell.access;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import keepwell.access.ApiKey.Hash;

/** The keys of a file, as it is now: they come and go without a restart. */
public final class ApiKeys {
  private final Watched<List<ApiKey>> file;
  private final int perSecondMax;
  private final LongSupplier nanoTime;
  private final Map<ApiKey, Allowance> allowances = new ConcurrentHashMap<>();

  private ApiKeys(Watched<List<ApiKey>> file, int perSecondMax, LongSupplier nanoTime) {
    this.file = file;
    this.perSecondMax = perSecondMax;
    this.nanoTime = nanoTime;
  }

  /**
   * Reads a file.
   *
   * @param perSecondMax requests that a key without a limit of its own may make
   * @param nanoTime as {@link System#nanoTime()}
   * @throws UnusableException also if it has no key. (Later that is allowed: nobody comes in.)
   */
  public static ApiKeys load(Path file, int perSecondMax, LongSupplier nanoTime)
      throws UnusableException {
    Watched<List<ApiKey>> keys =
        Watched.of("API keys", List.of(file), texts -> KeyFile.read(texts.get(0)));
    if (keys.current().isEmpty()) {
      throw new UnusableException("has no key");
    }
    return new ApiKeys(keys, perSecondMax, nanoTime);
  }

  /** Reads the file again if it has changed. */
  public void refresh() {
    file.refresh();
  }

  /** The key of a hash, if it is one of these. It takes as long whichever it is. */
  public Optional<ApiKey> find(Hash hash) {
    ApiKey found = null;
    for (ApiKey key : file.current()) {
      if (key.hash().matches(hash)) {
        found = key;
      }
    }
    return Optional.ofNullable(found);
  }

  /** Counts a request. */
  public Allowance.Use use(ApiKey key) {
    return allowances
        .computeIfAbsent(
            key, first -> new Allowance(key.perSecondMax().orElse(perSecondMax), nanoTime))
        .use();
  }

  /** Whether it still is one of these. */
  public boolean holds(ApiKey key) {
    return file.current().contains(key);
  }
}
