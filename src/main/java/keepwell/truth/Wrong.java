package keepwell.truth;

/** An account about which a score was wrong. */
public record Wrong(String account, double score) {}
