package io.onlooker.store.embedded;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The engine that writes segments: with one thread, which takes less of the machine in all. */
final class WritingEngine implements AutoCloseable {

  private static final StoreConfig.Limits LIMITS =
      new StoreConfig.Limits(512L << 20, Duration.ofMinutes(30));

  private final Path spill;
  private @Nullable Engine engine;

  WritingEngine(Path spill) {
    this.spill = spill;
  }

  /** The engine, opened when it is first needed. */
  synchronized Engine get() {
    if (engine == null) {
      engine = new Engine(LIMITS, 1, spill, Engine.Reading.ONCE);
    }
    return engine;
  }

  @Override
  public synchronized void close() {
    if (engine != null) {
      engine.close();
    }
  }
}
