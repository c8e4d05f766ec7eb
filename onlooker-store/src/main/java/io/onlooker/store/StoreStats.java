package io.onlooker.store;

/**
 * Figures for an operator.
 *
 * @param hotSpans spans in memory, not yet in a segment
 * @param logBytes size of the write-ahead log that a restart would read
 * @param damagedLogBytes bytes of the log that the last start could not use: the torn end of a
 *     write that was never acknowledged, or damage by the disk
 */
public record StoreStats(
    long spans,
    long hotSpans,
    long segments,
    long segmentBytes,
    long logBytes,
    long damagedLogBytes) {}
