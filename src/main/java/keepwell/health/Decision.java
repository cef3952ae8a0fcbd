package keepwell.health;

import java.util.List;

/**
 * What an account makes of a command.
 *
 * @param events to be stored, in this order and all or none
 * @param answer to be given once they are
 */
public record Decision<A>(List<AccountEvent> events, A answer) {
  public Decision {
    events = List.copyOf(events);
  }

  /** An answer that costs nothing. */
  public static <A> Decision<A> of(A answer) {
    return new Decision<>(List.of(), answer);
  }
}
