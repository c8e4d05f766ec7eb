package io.onlooker.redact;

import io.onlooker.Attributes;
import io.onlooker.ErrorData;
import io.onlooker.ErrorInfo;
import io.onlooker.LogData;
import io.onlooker.SpanEvent;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanStatus;
import io.onlooker.SpanType;
import io.onlooker.TracingEvent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Spans, log lines and errors with one thing in them. */
final class Items {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";

  private Items() {}

  static TracingEvent input(@Nullable Object input) {
    return span("run", SpanStatus.UNSET, null, Attributes.EMPTY, input, null, Map.of(), List.of());
  }

  static TracingEvent output(@Nullable Object output) {
    return span("run", SpanStatus.UNSET, null, Attributes.EMPTY, null, output, Map.of(), List.of());
  }

  static TracingEvent attributes(Map<String, ?> attributes) {
    Attributes typed = Attributes.of(attributes);
    return span("run", SpanStatus.UNSET, null, typed, null, null, Map.of(), List.of());
  }

  static TracingEvent metadata(Map<String, Object> metadata) {
    return span("run", SpanStatus.UNSET, null, Attributes.EMPTY, null, null, metadata, List.of());
  }

  /** A span with the text in every place that holds texts only. */
  static TracingEvent texts(String text) {
    return span(
        text,
        SpanStatus.error(text),
        error(text),
        Attributes.EMPTY,
        null,
        null,
        Map.of(),
        List.of(text));
  }

  static LogData log(String body, Map<String, ?> attributes) {
    return new LogData(1, TRACE, SPAN, LogData.Level.INFO, body, Attributes.of(attributes));
  }

  static ErrorData captured(String message, Map<String, ?> attributes) {
    return new ErrorData(
        TRACE,
        1,
        TRACE,
        SPAN,
        LogData.Level.ERROR,
        message,
        chain(message),
        Attributes.of(attributes),
        List.of(new SpanEvent(1, "said " + message, Attributes.of(attributes))));
  }

  private static TracingEvent span(
      String name,
      SpanStatus status,
      @Nullable ErrorInfo error,
      Attributes attributes,
      @Nullable Object input,
      @Nullable Object output,
      Map<String, Object> metadata,
      List<String> tags) {
    SpanSnapshot span =
        new SpanSnapshot(
            TRACE,
            SPAN,
            null,
            true,
            false,
            name,
            SpanType.AGENT_RUN,
            null,
            "agent-7",
            "Support",
            1,
            2,
            status,
            error,
            attributes,
            input,
            output,
            metadata,
            tags);
    return new TracingEvent(TracingEvent.Kind.SPAN_ENDED, span);
  }

  private static ErrorInfo error(String message) {
    return new ErrorInfo("java.io.IOException", message, "E1", "mail", "USER", chain(message));
  }

  private static List<ErrorData.ExceptionData> chain(String message) {
    ErrorData.Frame frame = new ErrorData.Frame("app", "send", "Mail.java", 7, true);
    return List.of(
        new ErrorData.ExceptionData("java.io.IOException", message, true, List.of(frame)),
        new ErrorData.ExceptionData("java.lang.Error", "cause: " + message, null, List.of()));
  }
}
