package io.onlooker.server.web;

import io.onlooker.store.Query;
import io.onlooker.store.Result;
import io.onlooker.store.Store;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A store that answers questions for groups only when it is let go of: a slow one. */
final class HeldStore extends PassingStore {

  private static final int LONGEST_SECONDS = 60;

  private final CountDownLatch let = new CountDownLatch(1);

  HeldStore(Store store) {
    super(store);
  }

  void letGo() {
    let.countDown();
  }

  @Override
  public Result aggregate(Query query) {
    if (!query.by().isEmpty() && query.step() != null) {
      hold();
    }
    return super.aggregate(query);
  }

  private void hold() {
    try {
      if (!let.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody let go of the store");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    letGo();
    super.close();
  }
}
