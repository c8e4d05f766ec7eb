package io.onlooker.server.web;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Work that is done on a thread of its own while a page goes on: spans and sessions are kept by
 * different engines, which do not wait for each other.
 */
final class Beside<T> {

  private final CompletableFuture<T> work;

  private Beside(CompletableFuture<T> work) {
    this.work = work;
  }

  static <T> Beside<T> begin(Supplier<T> work) {
    return new Beside<>(
        CompletableFuture.supplyAsync(
            work, task -> Thread.ofVirtual().name("onlooker-page").start(task)));
  }

  /** What came of it; throws what it threw. */
  T join() {
    try {
      return work.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
