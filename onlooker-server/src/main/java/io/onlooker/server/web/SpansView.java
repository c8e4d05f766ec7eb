package io.onlooker.server.web;

import io.onlooker.store.query.SavedQuery;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The explorer: any question about spans.
 *
 * @param groups whether figures are shown, not the spans themselves
 * @param aggregates the figures asked for, as typed
 * @param by what they are grouped by, as typed
 * @param viz how the first figure is drawn: as in the address
 * @param problems what could not be read of these
 * @param chart null when there is none to draw
 * @param table null when nothing was found or asked
 * @param note what the table leaves out, or empty
 * @param body the same question as a call of the API
 * @param views questions that others have asked before
 */
record SpansView(
    Frame frame,
    QueryBar bar,
    boolean groups,
    List<String> aggregates,
    List<String> by,
    String viz,
    List<String> problems,
    @Nullable Chart chart,
    @Nullable Table table,
    String note,
    @Nullable String older,
    @Nullable NoMatch noMatch,
    String body,
    List<AttributeLine> attributes,
    List<View> views) {

  /** What the figures can be, for completion. */
  static final List<String> FUNCTIONS =
      List.of(
          "count()",
          "p50(span.duration)",
          "p75(span.duration)",
          "p90(span.duration)",
          "p95(span.duration)",
          "p99(span.duration)",
          "max(span.duration)",
          "avg(span.duration)",
          "failure_rate()",
          "per_minute()",
          "count_unique(user.id)",
          "sum(gen_ai.usage.total_tokens)",
          "sum(gen_ai.usage.input_tokens)",
          "sum(gen_ai.usage.output_tokens)",
          "sum(onlooker.cost_usd)");

  /** An attribute that spans of this time have. */
  record AttributeLine(String key, String kind, String coverage, List<Value> top) {}

  /** One of its values. */
  record Value(String text, String count, String link) {}

  /** A saved question and the address that asks it. */
  record View(SavedQuery query, String link) {}

  Ask ask() {
    return bar.searched().ask();
  }

  List<Ask.Carried> carried() {
    return ask().carried("agg", "by", "cursor", "sort");
  }
}
