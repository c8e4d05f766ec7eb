package io.onlooker.store.embedded;

import io.onlooker.store.Store;
import io.onlooker.store.StoreContract;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** The contract over segments that came from merges. */
class MergedStoreTest extends StoreContract {

  static final StoreConfig.Merging PAIRS =
      new StoreConfig.Merging(2, 1_000_000, Duration.ofHours(1));

  @Override
  protected Store open(Path folder, InstantSource clock) {
    return EmbeddedStore.open(StoreConfig.of(folder).withClock(clock).withMerging(PAIRS));
  }

  @Override
  protected Store settle(Store store) {
    if (store instanceof EmbeddedStore embedded) {
      embedded.seal();
      embedded.keepUp();
    }
    return store;
  }
}
