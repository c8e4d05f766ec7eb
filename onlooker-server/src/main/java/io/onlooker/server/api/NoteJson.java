package io.onlooker.server.api;

import io.onlooker.ErrorData;
import io.onlooker.LogData;
import java.util.Locale;

/** Writes log lines and errors. */
record NoteJson(JsonOut out) {

  void log(LogData log) {
    out.time("time", log.timeNanos())
        .text("level", word(log.level()))
        .text("body", log.body())
        .text("trace_id", log.traceId())
        .text("span_id", log.spanId())
        .attributes("attributes", log.attributes());
  }

  void error(ErrorData error) {
    out.text("event_id", error.eventId())
        .time("time", error.timeNanos())
        .text("level", word(error.level()))
        .text("message", error.message())
        .text("trace_id", error.traceId())
        .text("span_id", error.spanId())
        .objects("exceptions", error.exceptions(), this::exception)
        .attributes("attributes", error.attributes());
  }

  void exception(ErrorData.ExceptionData exception) {
    out.text("type", exception.type())
        .text("value", exception.value())
        .value("handled", exception.handled())
        .objects("frames", exception.frames(), this::frame);
  }

  private void frame(ErrorData.Frame frame) {
    out.text("module", frame.module())
        .text("function", frame.function())
        .text("file", frame.file())
        .number("line", frame.line() == 0 ? null : (Integer) frame.line())
        .flag("in_app", frame.inApp());
  }

  private static String word(LogData.Level level) {
    return level.name().toLowerCase(Locale.ROOT);
  }
}
