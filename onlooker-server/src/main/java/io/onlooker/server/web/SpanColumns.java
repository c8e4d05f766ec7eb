package io.onlooker.server.web;

import io.onlooker.GenAi;
import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import io.onlooker.store.span.Fault;
import io.onlooker.store.span.SpanCost;
import io.onlooker.store.span.SpanKind;
import io.onlooker.store.span.SpanTokens;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a list says about each span. */
final class SpanColumns {

  private SpanColumns() {}

  /** A span and the page it stands on. */
  record Line(SpanData span, Frame frame) {}

  private static final List<Column<Line>> ALL =
      List.of(
          Column.text("time", "Time", "c-time", SpanColumns::time),
          Column.text("op", "Op", "c-op", SpanColumns::op),
          Column.text("name", "Name", "", SpanColumns::name),
          Column.text("of", "Model or tool", "c-agent", SpanColumns::of),
          Column.text("status", "Status", "c-status", SpanColumns::status),
          Column.text("trace", "Trace", "c-took", SpanColumns::trace),
          Column.<Line>text("user", "User", "c-user", SpanColumns::user).optional(),
          Column.number("tokens", "Tokens", "c-tokens", SpanColumns::tokens),
          Column.number("cost", "Cost", "c-cost", SpanColumns::cost),
          Column.number("duration", "Time", "c-took", SpanColumns::duration));

  static Table table(Frame frame, Ask ask, List<SpanData> spans) {
    return Column.table(
        "Spans",
        "spans",
        ask,
        ALL,
        spans.stream().map(span -> new Line(span, frame)).toList(),
        line -> line.span().spanId(),
        line -> line.frame().links().jump(line.span().spanId()));
  }

  private static Cell time(Line line) {
    long start = line.span().startNanos();
    return Cell.of(line.frame().time(start), Show.exactTime(start)).styled("mono");
  }

  private static Cell op(Line line) {
    return Cell.of(line.span().op()).termed("op", line.span().op()).styled("mono");
  }

  private static Cell name(Line line) {
    return Cell.of(line.span().name(), line.span().name()).termed("name", line.span().name());
  }

  private static Cell of(Line line) {
    String key = SpanKind.of(line.span()) == SpanKind.TOOL ? GenAi.TOOL_NAME : GenAi.REQUEST_MODEL;
    String value = line.span().attributes().string(key);
    return Cell.of(value).termed(key, value);
  }

  private static Cell status(Line line) {
    Fault fault = Fault.of(line.span());
    SpanStatus.Code code = line.span().status().code();
    boolean failed = code == SpanStatus.Code.ERROR;
    return Cell.of(
            failed ? "✕ failed" : code == SpanStatus.Code.CANCELLED ? "⊘ cancelled" : "",
            fault == null ? "" : fault.text())
        .styled(failed ? "bad" : "")
        .termed("status", failed ? "error" : null);
  }

  private static Cell trace(Line line) {
    String id = line.span().traceId();
    return Cell.of(Show.id(id), id)
        .linked(line.frame().links().trace(id))
        .termed("trace", id)
        .styled("mono");
  }

  private static Cell user(Line line) {
    String user = line.span().attributes().string(GenAi.USER_ID);
    return Cell.of(user).termed(GenAi.USER_ID, user);
  }

  private static Cell tokens(Line line) {
    boolean model = SpanKind.of(line.span()) == SpanKind.MODEL;
    SpanTokens tokens = model ? SpanTokens.of(line.span()) : SpanTokens.UNKNOWN;
    return Cell.of(Show.tokens(tokens.input(), tokens.output()));
  }

  private static Cell cost(Line line) {
    SpanCost cost = SpanCost.of(line.span());
    @Nullable String missing = cost.missing();
    if (cost.usd() == null) {
      return missing == null ? Cell.of("") : Cell.of("—", "No cost: " + missing).styled("dim");
    }
    return Cell.of(Show.usd(cost.usd()), "$" + cost.usd().toPlainString());
  }

  private static Cell duration(Line line) {
    SpanData span = line.span();
    return Cell.of(
        Show.duration(span.startNanos(), span.endNanos(), line.frame().now()),
        span.open() ? "has not ended" : span.durationNanos() / 1e6 + " ms");
  }
}
