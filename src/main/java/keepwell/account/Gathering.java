package keepwell.account;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import keepwell.health.Answer;
import keepwell.health.Recorded;
import keepwell.health.Refusal;
import keepwell.health.Refusal.Code;
import keepwell.health.Signal;
import keepwell.journal.Refusals;

/**
 * Signals on the way from this node to their accounts. What comes for an account while some of it
 * is under way waits, and then goes together, as one command and so one event. So many commands are
 * under way at once, and more wait in their order: the more there is to do, the less each costs.
 */
final class Gathering {
  /** Enough to keep the journal busy; the fewer, the more signals meet in a command. */
  static final int UNDER_WAY_MAX = 500;

  /** Once the first has waited so long, no more are let in. */
  static final Duration WAIT_MAX = Duration.ofSeconds(2);

  private final BiFunction<Line, List<Signal>, CompletionStage<Answer>> recorder;
  private final LongSupplier nanoTime;
  private final Map<Line, Waiting> lines = new HashMap<>();
  private final Deque<Waiting> ready = new ArrayDeque<>();
  private final Refusals refusals = new Refusals("gathering");
  private int underWay;

  /** Signals that may go together. */
  record Line(String account, boolean quiet) {}

  /** What somebody has brought, and what will be answered to it: one object, as there are many. */
  private static final class Part extends CompletableFuture<Answer> {
    private final List<Signal> signals;
    private final long since;

    Part(List<Signal> signals, long since) {
      this.signals = signals;
      this.since = since;
    }
  }

  /** What has come for a line, the first of it first, while some of it is under way or ready. */
  private record Waiting(Line line, Deque<Part> parts) {}

  /** What goes together. */
  private record Load(Waiting waiting, List<Part> parts) {
    List<Signal> signals() {
      if (parts.size() == 1) {
        return parts.get(0).signals;
      }
      List<Signal> signals = new ArrayList<>();
      parts.forEach(part -> signals.addAll(part.signals));
      return signals;
    }
  }

  /**
   * @param recorder has a command sent, and answers with a {@link Recorded} or a refusal
   * @param nanoTime as {@link System#nanoTime()}
   */
  Gathering(
      BiFunction<Line, List<Signal>, CompletionStage<Answer>> recorder, LongSupplier nanoTime) {
    this.recorder = recorder;
    this.nanoTime = nanoTime;
  }

  /**
   * Records signals, alone or with others.
   *
   * @param signals no more than a command may have
   */
  CompletionStage<Answer> record(Line line, List<Signal> signals) {
    Part part = new Part(signals, nanoTime.getAsLong());
    Load load;
    synchronized (this) {
      Waiting waiting = lines.get(line);
      if (isLate(ready.peek(), part.since) || isLate(waiting, part.since)) {
        refusals.add();
        return CompletableFuture.completedFuture(Refusal.of(Code.BUSY));
      }
      if (waiting == null) {
        waiting = new Waiting(line, new ArrayDeque<>(1));
        lines.put(line, waiting);
        ready.add(waiting);
      }
      waiting.parts().add(part);
      load = next();
    }
    send(load);
    return part;
  }

  Refusals refusals() {
    return refusals;
  }

  private static boolean isLate(Waiting waiting, long now) {
    return waiting != null
        && !waiting.parts().isEmpty()
        && now - waiting.parts().peek().since > WAIT_MAX.toNanos();
  }

  /** What is to be sent next; null if nothing is, or too much is under way. */
  private Load next() {
    if (underWay == UNDER_WAY_MAX || ready.isEmpty()) {
      return null;
    }
    underWay++;
    Waiting waiting = ready.remove();
    List<Part> parts = new ArrayList<>();
    int signals = 0;
    while (!waiting.parts().isEmpty()
        && (signals == 0
            || signals + waiting.parts().peek().signals.size() <= Accounts.SIGNALS_MAX)) {
      Part part = waiting.parts().remove();
      signals += part.signals.size();
      parts.add(part);
    }
    return new Load(waiting, parts);
  }

  private void send(Load first) {
    Load load = first;
    while (load != null) {
      Load sent = load;
      CompletableFuture<Answer> answer =
          recorder.apply(sent.waiting().line(), sent.signals()).toCompletableFuture();
      boolean atOnce = answer.isDone(); // as many may be: they must not call each other
      load = atOnce ? after(sent) : null;
      var unused =
          answer.handle(
              (given, failure) -> {
                Load next = atOnce ? null : after(sent);
                tell(sent, given, failure);
                send(next);
                return null;
              });
    }
  }

  /** What is to be sent after something has been answered; null for nothing. */
  private synchronized Load after(Load sent) {
    underWay--;
    Waiting waiting = sent.waiting();
    if (waiting.parts().isEmpty()) {
      lines.remove(waiting.line());
    } else {
      ready.add(waiting);
    }
    return next();
  }

  /** Tells each what became of his own. */
  private static void tell(Load sent, Answer given, Throwable failure) {
    int from = 0;
    for (Part part : sent.parts()) {
      int to = from + part.signals.size();
      if (failure == null) {
        part.complete(given instanceof Recorded all ? all.part(from, to) : given);
      } else {
        part.completeExceptionally(failure);
      }
      from = to;
    }
  }
}
