package io.onlooker.server.ingest;

import io.onlooker.SpanStatus;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The status words of Sentry's spans, reduced to four outcomes; the word stays as message. */
final class SentryStatus {

  private SentryStatus() {}

  /**
   * Of a transaction or a span inside one.
   *
   * <p>{@code cancelled} and {@code unknown} are no failures; every other word but {@code ok} is.
   */
  static SpanStatus ofWord(@Nullable String word) {
    if (word == null || word.isEmpty()) {
      return SpanStatus.UNSET;
    }
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "ok", "success" -> SpanStatus.OK;
      case "cancelled", "canceled" -> new SpanStatus(SpanStatus.Code.CANCELLED, word);
      case "unknown", "unset", "none" -> new SpanStatus(SpanStatus.Code.UNSET, word);
      default -> SpanStatus.error(word);
    };
  }

  /**
   * Of a streamed span, which knows {@code ok} and {@code error} only; a cancelled one is {@code
   * ok} with that word as message.
   */
  static SpanStatus ofStreamed(@Nullable String word, @Nullable String message) {
    SpanStatus status = ofWord(word);
    if (status.code() == SpanStatus.Code.ERROR) {
      return SpanStatus.error(message == null ? word : message);
    }
    SpanStatus told = ofWord(message);
    return told.code() == SpanStatus.Code.CANCELLED ? told : status;
  }
}
