/**
 * The store inside the server's process: a journal for durability, memory for what is new, Parquet
 * files for what is old, and DuckDB as the library that reads both.
 *
 * <pre>
 *   append ─▶ Journal (fsync) ─▶ HotTier ──Sealer──▶ segments/*.parquet + Catalog
 *                                   └───── SpanRelation ─────┘
 *                                              ▼
 *                          aggregate, spans, trace, sessions, notes
 * </pre>
 *
 * <p>The data folder, which belongs to one process at a time:
 *
 * <ul>
 *   <li>{@code lock} is held by that process
 *   <li>{@code journal/N.journal} holds batches that are not yet all in segments, in order of N
 *   <li>{@code segments/N.spans.parquet}, {@code .texts}, {@code .logs}, {@code .errors} hold
 *       sealed items, readable by any Parquet tool; {@code N.traces} says which traces they belong
 *       to
 *   <li>{@code catalog.db} (SQLite) knows the segments and holds the sessions
 *   <li>{@code tmp} holds what a query spills; it is emptied at every start
 * </ul>
 */
@NullMarked
package io.onlooker.store.embedded;

import org.jspecify.annotations.NullMarked;
