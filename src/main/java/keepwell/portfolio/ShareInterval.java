package keepwell.portfolio;

/**
 * A share that was counted in a sample, and between what it is in all, in 95 of 100 samples: by
 * Wilson's score interval (JASA 22, 1927), with as many counted as would say the same of an endless
 * population (n·(N − 1)/(N − n), Cochran, Sampling Techniques, 1977).
 *
 * @param share 0 to 1
 */
public record ShareInterval(double share, double low, double high) {
  private static final double Z = 1.959964;

  /**
   * @param hits of those counted
   * @param population of which they are a sample, or all
   */
  public static ShareInterval of(long hits, long counted, long population) {
    if (counted == 0) {
      return new ShareInterval(0, 0, population == 0 ? 0 : 1);
    }
    double share = (double) hits / counted;
    if (counted >= population) {
      return new ShareInterval(share, share, share);
    }
    double n = counted * (population - 1.0) / (population - counted);
    double middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n);
    double half = Z / (1 + Z * Z / n) * Math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n));
    return new ShareInterval(share, Math.max(0, middle - half), Math.min(1, middle + half));
  }
}
