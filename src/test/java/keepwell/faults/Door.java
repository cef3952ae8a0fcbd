package keepwell.faults;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** Where signals can be handed in. */
interface Door {
  /** Delivers signals, in a way of its own choice. */
  CompletableFuture<Receipt> deliver(List<Sent> signals, Random random);
}
