package io.onlooker.store.embedded;

import io.onlooker.store.SessionContract;
import io.onlooker.store.Store;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

/** The contract of sessions with everything in memory and the journal. */
class SessionsInMemoryTest extends SessionContract {

  @TempDir Path data;

  @Override
  protected Store open(Path folder, InstantSource clock) {
    return EmbeddedStore.open(StoreConfig.of(data).withClock(clock));
  }
}
