package io.onlooker.server.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds what all request bodies together take of memory, however many come at once and however
 * slowly: each takes what has arrived of it until it is answered. Safe for many threads.
 */
final class BodyBudget {

  /** Which part of the heap bodies may fill. */
  private static final int HEAP_SHARE = 8;

  private final long most;
  private final AtomicLong used = new AtomicLong();

  BodyBudget(long most) {
    this.most = most;
  }

  /** An eighth of the heap, and at least room for two of the largest bodies. */
  static BodyBudget ofHeap(long largestBody) {
    return new BodyBudget(Math.max(2 * largestBody, Runtime.getRuntime().maxMemory() / HEAP_SHARE));
  }

  /** Bytes that are taken now. */
  long used() {
    return used.get();
  }

  /**
   * Takes room for what has arrived.
   *
   * @throws HttpProblem 503 when there is none
   */
  void take(int bytes) {
    if (used.addAndGet(bytes) > most) {
      used.addAndGet(-bytes);
      throw new HttpProblem(
              503, "Busy", "bodies under way: more than " + most + " bytes (try again in a second)")
          .with("retry-after", "1")
          .with("access-control-allow-origin", "*");
    }
  }

  void giveBack(long bytes) {
    used.addAndGet(-bytes);
  }
}
