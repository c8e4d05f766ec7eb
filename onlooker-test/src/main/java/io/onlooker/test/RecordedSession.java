package io.onlooker.test;

import io.onlooker.GenAi;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanType;
import java.util.Comparator;
import java.util.List;

/**
 * One run: a root and the spans below it.
 *
 * @param spans with the root, in the order of their starts
 */
public record RecordedSession(SpanSnapshot root, List<SpanSnapshot> spans) {

  public RecordedSession {
    spans = List.copyOf(spans);
  }

  static RecordedSession of(SpanSnapshot root, List<SpanSnapshot> others) {
    List<SpanSnapshot> all =
        java.util.stream.Stream.concat(java.util.stream.Stream.of(root), others.stream())
            .sorted(Comparator.comparingLong(SpanSnapshot::startNanos))
            .toList();
    return new RecordedSession(root, all);
  }

  /** The executions of a tool, whatever recorded them: typed spans or {@code gen_ai.*} ops. */
  public List<SpanSnapshot> toolCalls(String tool) {
    return spans.stream()
        .filter(span ->
            span.type() == SpanType.TOOL_CALL
                || span.type() == SpanType.MCP_TOOL_CALL
                || "gen_ai.execute_tool".equals(span.op()))
        .filter(span -> tool.equals(span.attributes().string(GenAi.TOOL_NAME)))
        .toList();
  }

  /** The calls of models, whatever recorded them. */
  public List<SpanSnapshot> modelCalls() {
    return spans.stream()
        .filter(span ->
            span.type() == SpanType.MODEL_GENERATION
                || "gen_ai.chat".equals(span.op())
                || "gen_ai.request".equals(span.op()))
        .toList();
  }

  /** The spans directly below this one, in the order of their starts. */
  public List<SpanSnapshot> children(SpanSnapshot parent) {
    return spans.stream().filter(span -> parent.spanId().equals(span.parentSpanId())).toList();
  }

  /** Tokens in and out over all model calls. */
  public long totalTokens() {
    return modelCalls().stream().mapToLong(RecordedSession::tokens).sum();
  }

  private static long tokens(SpanSnapshot span) {
    Double total = span.attributes().number(GenAi.USAGE_TOTAL_TOKENS);
    return total == null ? 0 : total.longValue();
  }

  /** The tree by names, two blanks deeper for each level. */
  public String tree() {
    StringBuilder text = new StringBuilder();
    tree(root, 0, text);
    return text.toString();
  }

  private void tree(SpanSnapshot span, int depth, StringBuilder text) {
    text.append("  ".repeat(depth)).append(span.name()).append('\n');
    children(span).forEach(child -> tree(child, depth + 1, text));
  }
}
