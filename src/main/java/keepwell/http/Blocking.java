package keepwell.http;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Where requests may wait for the database. */
public final class Blocking {
  private final Executor threads;

  public Blocking(Executor threads) {
    this.threads = threads;
  }

  public <T> CompletionStage<T> answer(Callable<T> question) {
    return CompletableFuture.supplyAsync(() -> called(question), threads);
  }

  private static <T> T called(Callable<T> question) {
    try {
      return question.call();
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }
}
