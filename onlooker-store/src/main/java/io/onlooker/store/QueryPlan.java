package io.onlooker.store;

/**
 * What a query must look at, told before it is asked.
 *
 * @param hotSpans spans in memory
 * @param segments how many there are
 * @param readSegments those that may hold spans the query takes, by time and by what is known of
 *     their attributes, operations and the words of long texts
 * @param readSpans spans in these, of every project
 * @param readBytes size of their files; a query reads only the columns it names
 */
public record QueryPlan(
    long hotSpans, long segments, long readSegments, long readSpans, long readBytes) {}
