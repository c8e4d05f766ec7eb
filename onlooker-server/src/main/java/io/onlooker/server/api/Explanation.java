package io.onlooker.server.api;

import io.onlooker.store.Query;
import io.onlooker.store.QueryPlan;
import io.onlooker.store.query.ParsedQuery;
import io.onlooker.store.query.QueryPrinter;

/**
 * How a query was understood and what it had to look at.
 *
 * @param tookNanos how long the store took to answer it
 */
record Explanation(ParsedQuery parsed, Query query, QueryPlan plan, long tookNanos) {

  void members(JsonOut out) {
    out.text("q", QueryPrinter.print(parsed))
        .text("from", query.from().toString())
        .text("to", query.to().toString())
        .number("hot_spans", plan.hotSpans())
        .number("segments", plan.segments())
        .number("read_segments", plan.readSegments())
        .number("read_spans", plan.readSpans())
        .number("read_bytes", plan.readBytes())
        .millis("took_ms", tookNanos);
  }
}
