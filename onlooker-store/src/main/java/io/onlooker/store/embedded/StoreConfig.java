package io.onlooker.store.embedded;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/**
 * How an {@link EmbeddedStore} works.
 *
 * @param folder where it keeps its files; made when missing
 * @param clock tells running sessions from lost ones, and when a span has been open for too long
 */
public record StoreConfig(Path folder, InstantSource clock, Limits limits, Sealing sealing) {

  public StoreConfig {
    requireNonNull(folder, "folder");
    requireNonNull(clock, "clock");
    requireNonNull(limits, "limits");
    requireNonNull(sealing, "sealing");
  }

  /** The usual settings with the system's clock. */
  public static StoreConfig of(Path folder) {
    return new StoreConfig(folder, InstantSource.system(), Limits.USUAL, Sealing.USUAL);
  }

  public StoreConfig withClock(InstantSource changed) {
    return new StoreConfig(folder, changed, limits, sealing);
  }

  public StoreConfig withLimits(Limits changed) {
    return new StoreConfig(folder, clock, changed, sealing);
  }

  public StoreConfig withSealing(Sealing changed) {
    return new StoreConfig(folder, clock, limits, changed);
  }

  /**
   * What one query may take before it ends in a {@link io.onlooker.store.StoreException}.
   *
   * @param memoryBytes of the query engine, outside the Java heap, for all queries together
   * @param queryTime from its start to its answer
   */
  public record Limits(long memoryBytes, Duration queryTime) {

    public static final Limits USUAL = new Limits(1L << 30, Duration.ofSeconds(30));

    public Limits {
      check("memoryBytes", memoryBytes, 16L << 20);
      check("queryTime", queryTime.toMillis(), 1);
    }
  }

  /**
   * When what is in memory goes into a segment: at whichever comes first.
   *
   * @param journalBytes of the batches that are not in a segment
   * @param age of the oldest item in memory
   * @param openFor how long a span may stay open before it is sealed as it is
   */
  public record Sealing(int spans, long journalBytes, Duration age, Duration openFor) {

    public static final Sealing USUAL =
        new Sealing(200_000, 128L << 20, Duration.ofMinutes(5), Duration.ofHours(6));

    public Sealing {
      check("spans", spans, 1);
      check("journalBytes", journalBytes, 1);
      check("age", age.toMillis(), 1);
      check("openFor", openFor.toMillis(), 1);
    }
  }

  private static void check(String name, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(
          name + ": " + value + " (expected: at least " + least + ")");
    }
  }
}
