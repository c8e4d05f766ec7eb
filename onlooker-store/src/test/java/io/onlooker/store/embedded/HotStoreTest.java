package io.onlooker.store.embedded;

import io.onlooker.store.Store;
import io.onlooker.store.StoreContract;
import java.nio.file.Path;
import java.time.InstantSource;

/** The contract with everything in memory. */
class HotStoreTest extends StoreContract {

  @Override
  protected Store open(Path folder, InstantSource clock) {
    return EmbeddedStore.open(StoreConfig.of(folder).withClock(clock));
  }
}
