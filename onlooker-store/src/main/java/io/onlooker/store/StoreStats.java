package io.onlooker.store;

/**
 * Figures for an operator.
 *
 * @param hotSpans spans in memory, not yet in a segment
 * @param logBytes size of the write-ahead log that a restart would read
 */
public record StoreStats(
    long spans, long hotSpans, long segments, long segmentBytes, long logBytes) {}
