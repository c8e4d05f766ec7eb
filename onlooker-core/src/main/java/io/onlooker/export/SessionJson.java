package io.onlooker.export;

import io.onlooker.GenAi;
import io.onlooker.SpanData;
import io.onlooker.SpanSnapshot;
import io.onlooker.session.Session;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What all of Sentrial's calls are made of. Each is a JSON object: what is done ({@code op}), then
 * the call's own members. Members that Sentrial does not document ({@code startedAt}, {@code
 * gen_ai.…}) are for our server.
 */
final class SessionJson {

  private SessionJson() {}

  /** The beginning of a line. */
  static JsonWriter line(String operation) {
    return new JsonWriter(512).beginObject().name("op").value(operation);
  }

  /** The user's last words, where the input is a list of messages. */
  static @Nullable String question(SpanSnapshot span, int maxChars) {
    Object input = Messages.unwrap(span.input());
    if (input instanceof List<?> messages) {
      for (int i = messages.size() - 1; i >= 0; i--) {
        if (messages.get(i) instanceof Map<?, ?> message && "user".equals(message.get("role"))) {
          Object said =
              message.get("content") == null ? message.get("parts") : message.get("content");
          return ObjectEncoder.text(Messages.text(said), maxChars);
        }
      }
    }
    return ObjectEncoder.text(input, maxChars);
  }

  /** What came out: the text of an answer, or whatever it is. */
  static @Nullable String answer(OpenSpan open, int maxChars) {
    Object output = open.snapshot().output();
    String text = open.snapshot().attributes().string(GenAi.RESPONSE_TEXT);
    if (text == null) {
      text = Messages.text(output);
    }
    if (text == null) {
      text = output == null ? open.gathered.text : ObjectEncoder.text(output, maxChars);
    }
    return ObjectEncoder.text(text, maxChars);
  }

  /** Everything else that was said about the span. */
  static void metadata(JsonWriter json, SpanSnapshot span, int maxChars) {
    Map<String, Object> all = new LinkedHashMap<>();
    span.attributes()
        .forEach((key, value) -> {
          if (!key.startsWith("gen_ai.")
              && !key.startsWith("onlooker.session.")
              && !key.startsWith(Session.METRIC)
              && !key.equals(GenAi.USER_ID)) {
            all.put(key, value);
          }
        });
    all.putAll(span.metadata());
    if (!span.tags().isEmpty()) {
      all.put("tags", span.tags());
    }
    ObjectEncoder.writeTo(json, "metadata", all, maxChars);
  }

  /** When it ended, exactly, and how long it took, in Sentrial's whole milliseconds. */
  static void end(JsonWriter json, SpanSnapshot span) {
    boolean open = span.endNanos() == SpanData.OPEN;
    long end = open ? span.startNanos() : Math.max(span.startNanos(), span.endNanos());
    json.name("endedAt").value(Times.exact(end));
    json.name("durationMs").value((end - span.startNanos()) / 1_000_000);
  }

  /** Writes name and text, or nothing. */
  static void text(JsonWriter json, String name, @Nullable String value) {
    if (value != null) {
      json.name(name).value(value);
    }
  }
}
