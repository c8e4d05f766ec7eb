package io.onlooker.export;

import io.onlooker.Attributes;
import io.onlooker.ErrorData;
import io.onlooker.GenAi;
import io.onlooker.LogData;
import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Spans, logs and errors as lines for a person; nothing in them can break the line. */
final class ConsoleText {

  private static final int MOST_INDENTS = 20;
  private static final int MOST_CHARS = 200;

  private ConsoleText() {}

  static String span(SpanData span, int depth) {
    StringBuilder line = new StringBuilder(Times.iso(span.startNanos()));
    line.append(String.format(Locale.ROOT, " %10s  ", duration(span.durationNanos())));
    line.append("  ".repeat(Math.min(depth, MOST_INDENTS))).append(clean(span.name()));
    if (span.op() != null) {
      line.append("  ").append(clean(span.op()));
    }
    tokens(line, span.attributes());
    outcome(line, span);
    return line.toString();
  }

  static String log(LogData log) {
    return Times.iso(log.timeNanos()) + " " + log.level() + " " + clean(log.body());
  }

  static String error(ErrorData error) {
    StringBuilder line = new StringBuilder(Times.iso(error.timeNanos()));
    line.append(' ').append(error.level());
    if (error.message() != null) {
      line.append(' ').append(clean(error.message()));
    }
    if (!error.exceptions().isEmpty()) {
      ErrorData.ExceptionData first = error.exceptions().get(0);
      line.append(' ').append(clean(first.type())).append(": ").append(clean(first.value()));
    }
    return line.toString();
  }

  private static void tokens(StringBuilder line, Attributes attributes) {
    Double input = attributes.number(GenAi.USAGE_INPUT_TOKENS);
    Double output = attributes.number(GenAi.USAGE_OUTPUT_TOKENS);
    if (input != null || output != null) {
      line.append("  ").append(count(input)).append(" → ").append(count(output)).append(" tokens");
    }
  }

  private static void outcome(StringBuilder line, SpanData span) {
    if (span.status().code() == SpanStatus.Code.ERROR) {
      String type = span.attributes().string(GenAi.ERROR_TYPE);
      String message = span.attributes().string(GenAi.ERROR_MESSAGE);
      line.append("  FAILED ").append(clean(type == null ? "" : type + ": "));
      line.append(clean(message == null ? span.status().message() : message));
    } else if (span.status().code() == SpanStatus.Code.CANCELLED) {
      line.append("  CANCELLED");
    }
  }

  private static String count(@Nullable Double tokens) {
    return tokens == null ? "?" : Long.toString(tokens.longValue());
  }

  private static String duration(long nanos) {
    if (nanos >= 10_000_000_000L) {
      return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }
    return String.format(Locale.ROOT, nanos < 10_000_000L ? "%.2f ms" : "%.0f ms", nanos / 1e6);
  }

  private static String clean(@Nullable String text) {
    return text == null ? "" : ObjectEncoder.cut(text, MOST_CHARS).replaceAll("\\p{Cntrl}+", " ");
  }
}
