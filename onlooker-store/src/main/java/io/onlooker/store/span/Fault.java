package io.onlooker.store.span;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import io.onlooker.SpanData;
import io.onlooker.SpanEvent;
import io.onlooker.SpanStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why a span failed, in the sender's words.
 *
 * @param type the exception's class or the word the application chose, or null
 * @param message what went wrong, or null when the sender did not say
 */
public record Fault(@Nullable String type, @Nullable String message) {

  /** Words that clients put where they know no reason. */
  private static final Set<String> EMPTY_WORDS =
      Set.of("", "unknown", "error", "_other", "internal_error", "unknown_error", "undefined");

  private static final Set<String> CANCELLATIONS =
      Set.of("AbortError", "CancellationException", "CancelledError", "CancelledException");

  /**
   * What a span failed of; null when it did not fail.
   *
   * <p>A model that ended with finish reason {@code error} failed although its span says ok, and so
   * did a tool that says so of itself: clients report both like this.
   */
  public static @Nullable Fault of(SpanData span) {
    Attributes attributes = span.attributes();
    if (span.status().code() == SpanStatus.Code.ERROR || toolFailed(attributes)) {
      return stated(span);
    }
    String reason = badFinish(span);
    return reason == null ? null : new Fault(null, "the model ended with finish reason " + reason);
  }

  /** Whether somebody or something ended it on purpose, which is no failure. */
  public static boolean cancelled(SpanData span) {
    String type = span.attributes().string(GenAi.ERROR_TYPE);
    return span.status().code() == SpanStatus.Code.CANCELLED
        || (type != null && CANCELLATIONS.contains(type.substring(type.lastIndexOf('.') + 1)));
  }

  /** The finish reason when the model did not come to its end: {@code error} or {@code aborted}. */
  public static @Nullable String badFinish(SpanData span) {
    Object value = span.attributes().get(GenAi.RESPONSE_FINISH_REASONS);
    Object tree = value instanceof String text ? JsonTree.read(text) : value;
    Object last =
        switch (tree) {
          case List<?> list when !list.isEmpty() -> list.getLast();
          case null -> value;
          default -> tree;
        };
    return last instanceof String word && Set.of("error", "aborted", "abort").contains(word)
        ? word
        : null;
  }

  /** {@code ToolTimeout: check_order timed out after 30 s}, as far as it is known. */
  public String text() {
    if (type == null || message == null || message.startsWith(type)) {
      return message != null ? message : type != null ? type : "failed without a reason";
    }
    return type + ": " + message;
  }

  /** Whether the sender gave any reason. */
  public boolean stated() {
    return type != null || message != null;
  }

  private static boolean toolFailed(Attributes attributes) {
    return Boolean.FALSE.equals(attributes.flag(GenAi.TOOL_SUCCESS))
        || Boolean.TRUE.equals(attributes.flag("mcp.tool.result.is_error"));
  }

  private static Fault stated(SpanData span) {
    Attributes attributes = span.attributes();
    Attributes thrown = thrown(span);
    return new Fault(
        word(attributes.string(GenAi.ERROR_TYPE), thrown.string("exception.type")),
        plain(
            word(
                attributes.string(GenAi.ERROR_MESSAGE),
                attributes.string("sentry.status.message"),
                span.status().message(),
                thrown.string("exception.message"))));
  }

  private static Attributes thrown(SpanData span) {
    for (SpanEvent event : span.events().reversed()) {
      if (event.name().equals("exception")) {
        return event.attributes();
      }
    }
    return Attributes.EMPTY;
  }

  private static @Nullable String word(@Nullable String... words) {
    for (String word : words) {
      if (word != null && !EMPTY_WORDS.contains(word.strip().toLowerCase(java.util.Locale.ROOT))) {
        return word.strip();
      }
    }
    return null;
  }

  /** Failures of MCP tools come as a JSON document with the message inside. */
  private static @Nullable String plain(@Nullable String message) {
    Object tree = message == null ? null : JsonTree.read(message);
    return tree instanceof Map<?, ?> map && map.get("message") instanceof String inner
        ? inner
        : message;
  }
}
