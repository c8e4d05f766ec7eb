package io.onlooker.export;

import io.onlooker.ErrorData;
import io.onlooker.ErrorData.ExceptionData;
import io.onlooker.ErrorData.Frame;
import io.onlooker.ErrorInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The parts of a Sentry {@code event} that say what went wrong. */
final class EventJson {

  private static final int MOST_CHARS = 16 * 1024;
  private static final int MOST_FRAMES = 250;

  private EventJson() {}

  /** The exceptions of a failed span; a failure without an exception is its type and message. */
  static void exception(JsonWriter json, ErrorInfo error, String mechanism) {
    List<ExceptionData> chain = error.exceptions();
    if (chain.isEmpty()) {
      chain = List.of(new ExceptionData(error.type(), error.message(), true, List.of()));
    }
    exceptions(json, chain, mechanism);
  }

  /** A captured error or message. */
  static void captured(JsonWriter json, ErrorData error, String mechanism, int maxChars) {
    String message = ObjectEncoder.text(error.message(), maxChars);
    if (message != null) {
      json.name("message").beginObject().name("formatted").value(message).endObject();
    }
    if (!error.exceptions().isEmpty()) {
      exceptions(json, error.exceptions(), mechanism);
    }
  }

  /** Sentry wants the innermost exception first. */
  private static void exceptions(JsonWriter json, List<ExceptionData> chain, String mechanism) {
    json.name("exception").beginObject().name("values").beginArray();
    for (int i = chain.size() - 1; i >= 0; i--) {
      exception(json, chain.get(i), i, mechanism);
    }
    json.endArray().endObject();
  }

  private static void exception(
      JsonWriter json, ExceptionData exception, int index, String mechanism) {
    // Only a Java exception has a package; "AI.Error" of another language is one name.
    int dot = exception.frames().isEmpty() ? -1 : exception.type().lastIndexOf('.');
    json.beginObject().name("type").value(exception.type().substring(dot + 1));
    if (dot > 0) {
      json.name("module").value(exception.type().substring(0, dot));
    }
    json.name("value").value(ObjectEncoder.text(exception.value(), MOST_CHARS));
    json.name("mechanism").beginObject();
    json.name("type").value(index == 0 ? mechanism : "chained");
    json.name("handled").value(!Boolean.FALSE.equals(exception.handled()));
    json.name("exception_id").value(index);
    if (index > 0) {
      json.name("parent_id").value(index - 1);
    }
    json.endObject();
    stack(json, exception.frames());
    json.endObject();
  }

  /** Sentry wants the oldest call first. */
  private static void stack(JsonWriter json, List<Frame> frames) {
    if (frames.isEmpty()) {
      return;
    }
    int kept = Math.min(frames.size(), MOST_FRAMES);
    List<Frame> oldestFirst = new ArrayList<>(frames.subList(0, kept));
    Collections.reverse(oldestFirst);
    json.name("stacktrace").beginObject().name("frames").beginArray();
    oldestFirst.forEach(frame -> frame(json, frame));
    json.endArray().endObject();
  }

  private static void frame(JsonWriter json, Frame frame) {
    json.beginObject();
    json.name("module").value(frame.module());
    json.name("function").value(frame.function());
    json.name("filename").value(frame.file());
    if (frame.line() > 0) {
      json.name("lineno").value(frame.line());
    }
    json.name("in_app").value(frame.inApp()).endObject();
  }
}
