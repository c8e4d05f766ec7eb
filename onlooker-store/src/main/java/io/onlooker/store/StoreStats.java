package io.onlooker.store;

/**
 * Figures for an operator.
 *
 * @param hotSpans spans in memory, not yet in a segment
 * @param logBytes size of the write-ahead log that a restart would read
 * @param damagedLogBytes bytes of the log that the last start could not use: the torn end of a
 *     write that was never acknowledged, or damage by the disk
 * @param copyBytes size of what segments hold a second time, trace by trace; beside {@code
 *     segmentBytes}
 * @param upkeep what happened to segments since the start
 */
public record StoreStats(
    long spans,
    long hotSpans,
    long segments,
    long segmentBytes,
    long logBytes,
    long damagedLogBytes,
    long copyBytes,
    Upkeep upkeep) {

  public StoreStats(
      long spans,
      long hotSpans,
      long segments,
      long segmentBytes,
      long logBytes,
      long damagedLogBytes) {
    this(spans, hotSpans, segments, segmentBytes, logBytes, damagedLogBytes, 0, Upkeep.NONE);
  }

  /**
   * What was done to segments.
   *
   * @param merges how often some became one
   * @param mergedSegments how many these were
   * @param expiredSegments how many were deleted since all in them was past its time
   * @param droppedSpans that went with them, or in a merge: past their time, or replaced by a later
   *     revision
   * @param failures of either; what failed is tried again
   */
  public record Upkeep(
      long merges, long mergedSegments, long expiredSegments, long droppedSpans, long failures) {

    public static final Upkeep NONE = new Upkeep(0, 0, 0, 0, 0);
  }
}
