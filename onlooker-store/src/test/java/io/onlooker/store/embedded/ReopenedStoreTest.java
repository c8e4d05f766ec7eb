package io.onlooker.store.embedded;

import io.onlooker.store.Store;
import io.onlooker.store.StoreContract;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

/** The contract with everything in segments, of which memory remembers nothing. */
class ReopenedStoreTest extends StoreContract {

  @TempDir Path data;

  @Override
  protected Store open(Path folder, InstantSource clock) {
    return EmbeddedStore.open(StoreConfig.of(data).withClock(clock));
  }

  @Override
  protected Store settle(Store store) {
    ((EmbeddedStore) store).seal();
    store.close();
    return open(data, clock());
  }
}
