package io.onlooker.server.web;

import io.onlooker.ErrorData;
import io.onlooker.SpanEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An exception and the way to it, the line that threw first. */
record Stack(String title, List<Line> lines) {

  /** A line of the stack; the application's own ones matter most. */
  record Line(String text, boolean own) {}

  static Stack of(ErrorData.ExceptionData exception) {
    String value = exception.value();
    String title = value == null ? exception.type() : exception.type() + ": " + value;
    return new Stack(title, exception.frames().stream().map(Stack::line).toList());
  }

  /** The exception that an event of a span reports, as a list of one; empty for other events. */
  static List<Stack> of(SpanEvent event) {
    String trace = event.attributes().string("exception.stacktrace");
    if (trace == null) {
      return List.of();
    }
    List<String> lines = trace.lines().limit(200).toList();
    List<Line> rest = new ArrayList<>();
    lines.stream().skip(1).forEach(line -> rest.add(new Line(line, true)));
    return List.of(new Stack(lines.isEmpty() ? "" : lines.getFirst(), rest));
  }

  private static Line line(ErrorData.Frame frame) {
    StringBuilder text = new StringBuilder("  at ");
    append(text, frame.module(), ".");
    append(text, frame.function(), "");
    text.append('(').append(frame.file() == null ? "unknown" : frame.file());
    if (frame.line() > 0) {
      text.append(':').append(frame.line());
    }
    return new Line(text.append(')').toString(), frame.inApp());
  }

  private static void append(StringBuilder text, @Nullable String name, String separator) {
    if (name != null) {
      text.append(name).append(separator);
    }
  }
}
