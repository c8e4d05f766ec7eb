package io.onlooker.server.web;

import io.onlooker.server.read.Step;
import io.onlooker.store.span.Fault;
import io.onlooker.store.span.Message;
import io.onlooker.store.span.SpanKind;
import java.math.BigDecimal;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One step as a line of the story or of the waterfall.
 *
 * @param number its place in the list, from 1
 * @param link the address at which it is open
 * @param detail what is inside, or null when only the link leads there
 */
record StepView(
    Step step,
    int number,
    Frame frame,
    Window.Bar bar,
    String link,
    boolean open,
    boolean parent,
    @Nullable StepDetail detail) {

  private static final int DEEPEST_INDENT = 8;
  private static final int SUMMARY = 160;

  String id() {
    return step.span().spanId();
  }

  Look look() {
    return Look.of(step.kind());
  }

  /** {@code chat gpt-4o}: the span's own name says most, and is what the code knows it by. */
  String name() {
    return step.span().name().isBlank() ? step.title() : step.span().name();
  }

  int level() {
    return step.depth() + 1;
  }

  String indent() {
    return "d" + Math.min(step.depth(), DEEPEST_INDENT);
  }

  @Nullable String fault() {
    Fault fault = step.fault();
    return fault == null ? null : fault.text();
  }

  boolean failed() {
    return step.fault() != null;
  }

  String duration() {
    return Show.duration(step.span().startNanos(), step.span().endNanos(), frame.now());
  }

  String exactDuration() {
    Double millis = step.durationMillis();
    return millis == null ? "has not ended" : millis + " ms";
  }

  String tokens() {
    return Show.tokens(step.inputTokens(), step.outputTokens());
  }

  String exactTokens() {
    return tokens().isEmpty() ? "" : step.inputTokens() + " in, " + step.outputTokens() + " out";
  }

  String cost() {
    BigDecimal usd = step.cost().usd();
    return step.kind() != SpanKind.MODEL ? "" : usd == null ? "—" : Show.usd(usd);
  }

  String exactCost() {
    BigDecimal usd = step.cost().usd();
    String missing = step.cost().missing();
    return usd != null ? "$" + usd.toPlainString() : missing == null ? "" : "No cost: " + missing;
  }

  /** {@code 2.39 s · 5.1k → 771 · $0.0205}: what is known of the three. */
  String figures() {
    return joined(duration(), tokens(), cost());
  }

  String exactFigures() {
    return joined(exactDuration(), exactTokens(), exactCost());
  }

  private static String joined(String... figures) {
    return Stream.of(figures)
        .filter(figure -> !figure.isEmpty())
        .collect(Collectors.joining(" · "));
  }

  /** One line of what happened: why it failed, which tools a model wants, or what came out. */
  String summary() {
    String fault = fault();
    if (fault != null) {
      return "✕ " + brief(fault);
    }
    String calls = step.kind() == SpanKind.MODEL ? calls() : "";
    if (!calls.isEmpty()) {
      return "wants " + calls;
    }
    String output = step.output();
    return output == null ? "" : brief(output);
  }

  private String calls() {
    StringBuilder calls = new StringBuilder();
    for (Message message : step.outputMessages()) {
      for (Message.Part part : message.parts()) {
        if (part instanceof Message.ToolCall call && calls.length() < SUMMARY) {
          calls.append(calls.isEmpty() ? "" : ", ").append(call.name());
          calls.append('(').append(brief(arguments(call.arguments()))).append(')');
        }
      }
    }
    return calls.toString();
  }

  /** {@code id: "ORD-6"} of {@code {"id":"ORD-6"}}. */
  private static String arguments(String json) {
    String text = json.length() > 1000 ? json.substring(0, 1000) : json.strip();
    boolean object = text.startsWith("{") && text.endsWith("}");
    String inner = object ? text.substring(1, text.length() - 1) : text;
    return inner.replaceAll("\"(\\w{1,60})\"\\s{0,9}:\\s{0,9}", "$1: ");
  }

  private static String brief(String text) {
    String start = text.length() > 2 * SUMMARY ? text.substring(0, 2 * SUMMARY) : text;
    String line = start.replaceAll("\\s+", " ").strip();
    return line.length() <= SUMMARY ? line : line.substring(0, SUMMARY) + "…";
  }
}
