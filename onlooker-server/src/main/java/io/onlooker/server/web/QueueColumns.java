package io.onlooker.server.web;

import io.onlooker.server.read.RollupRow;
import java.util.List;

/** What is told of a queue: who writes, who reads, and how long a message waits. */
final class QueueColumns {

  static final List<Column<RollupRow>> ALL =
      List.of(
          Column.text(
              "queue",
              "Queue",
              "",
              row ->
                  Cell.of(Actors.name(row.name()))
                      .termed("messaging.destination.name", row.name())),
          count("published", "Published"),
          count("processed", "Processed"),
          Column.number(
              "errors", "Errors", "c-steps", row -> Cell.faults(row.figures().whole("failed"))),
          Column.number(
              "rate",
              "Failed",
              "c-took",
              row -> Cell.of(Show.share(row.figures().orZero("failure_rate")))),
          millis("latency_avg_ms", "Waits avg"),
          millis("latency_p95_ms", "Waits p95"),
          millis("processing_avg_ms", "Takes avg"),
          millis("processing_p95_ms", "Takes p95"),
          millis("time_spent_ms", "In all"));

  private QueueColumns() {}

  private static Column<RollupRow> count(String figure, String label) {
    return Column.number(figure, label, "c-steps", row -> Cell.count(row.figures().whole(figure)));
  }

  private static Column<RollupRow> millis(String figure, String label) {
    return Column.number(
        figure,
        label,
        "c-took",
        row ->
            Cell.of(
                Unit.MILLIS.show(row.figures().get(figure)),
                Unit.MILLIS.exact(row.figures().get(figure))));
  }
}
