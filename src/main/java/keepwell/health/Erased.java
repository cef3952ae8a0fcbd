package keepwell.health;

import java.time.Instant;

/**
 * The account is erased.
 *
 * @param at product time; signals dated before it are refused
 */
public record Erased(Instant at) implements Answer {}
