package io.onlooker.store.embedded;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * How an {@link EmbeddedStore} works.
 *
 * @param folder where it keeps its files; made when missing
 * @param clock tells what is past its time, running sessions from lost ones, and when a span has
 *     been open for too long
 * @param copyBytes of the disk that the newest spans may take a second time, trace by trace: a
 *     trace of theirs is read in milliseconds instead of tens of them; 0 for none
 * @param reserveBytes of the disk that batches leave free, for segments, the catalog and queries
 */
public record StoreConfig(
    Path folder,
    InstantSource clock,
    Limits limits,
    Sealing sealing,
    Merging merging,
    Retention retention,
    long copyBytes,
    long reserveBytes) {

  private static final long USUAL_COPIES = 2L << 30;
  private static final long USUAL_RESERVE = 256L << 20;

  public StoreConfig {
    requireNonNull(folder, "folder");
    requireNonNull(clock, "clock");
    requireNonNull(limits, "limits");
    requireNonNull(sealing, "sealing");
    requireNonNull(merging, "merging");
    requireNonNull(retention, "retention");
    check("copyBytes", copyBytes, 0);
    check("reserveBytes", reserveBytes, 0);
  }

  /** The usual settings with the system's clock. */
  public static StoreConfig of(Path folder) {
    return new StoreConfig(
        folder,
        InstantSource.system(),
        Limits.USUAL,
        Sealing.USUAL,
        Merging.USUAL,
        Retention.FOREVER,
        USUAL_COPIES,
        USUAL_RESERVE);
  }

  public StoreConfig withClock(InstantSource changed) {
    return new StoreConfig(
        folder, changed, limits, sealing, merging, retention, copyBytes, reserveBytes);
  }

  public StoreConfig withLimits(Limits changed) {
    return new StoreConfig(
        folder, clock, changed, sealing, merging, retention, copyBytes, reserveBytes);
  }

  public StoreConfig withSealing(Sealing changed) {
    return new StoreConfig(
        folder, clock, limits, changed, merging, retention, copyBytes, reserveBytes);
  }

  public StoreConfig withMerging(Merging changed) {
    return new StoreConfig(
        folder, clock, limits, sealing, changed, retention, copyBytes, reserveBytes);
  }

  public StoreConfig withRetention(Retention changed) {
    return new StoreConfig(
        folder, clock, limits, sealing, merging, changed, copyBytes, reserveBytes);
  }

  public StoreConfig withCopies(long bytes) {
    return new StoreConfig(folder, clock, limits, sealing, merging, retention, bytes, reserveBytes);
  }

  public StoreConfig withReserve(long bytes) {
    return new StoreConfig(folder, clock, limits, sealing, merging, retention, copyBytes, bytes);
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

  /**
   * When small segments become a larger one: so many of about the same size are merged. Each span
   * is then written again once for each of the sizes between.
   *
   * @param segments of a size, at least 2
   * @param mostSpans of a segment that came from a merge
   * @param every how often to look whether there is something to merge, or past its time
   */
  public record Merging(int segments, long mostSpans, Duration every) {

    public static final Merging USUAL = new Merging(4, 1_000_000, Duration.ofSeconds(30));

    public Merging {
      check("segments", segments, 2);
      check("mostSpans", mostSpans, 1);
      check("every", every.toMillis(), 1);
    }
  }

  /** How long spans and notes are kept; asked again and again, so that an answer may change. */
  public interface Retention {

    Retention FOREVER = _ -> null;

    /** The time since the start of a span after which it is gone; null keeps it forever. */
    @Nullable Duration of(int project);
  }

  private static void check(String name, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(
          name + ": " + value + " (expected: at least " + least + ")");
    }
  }
}
