package io.onlooker.store.embedded;

import io.onlooker.store.Store;
import java.nio.file.Path;
import java.time.InstantSource;

/** The same without copies of traces, as folders are that an older version wrote. */
class ColumnsOnlyTest extends ReopenedStoreTest {

  @Override
  protected Store open(Path folder, InstantSource clock) {
    return EmbeddedStore.open(StoreConfig.of(data).withClock(clock).withCopies(0));
  }
}
