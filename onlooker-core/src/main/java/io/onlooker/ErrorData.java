package io.onlooker;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One captured error or message.
 *
 * @param eventId 32 lowercase hex digits
 * @param timeNanos nanoseconds since 1970-01-01T00:00Z
 * @param traceId 32 lowercase hex digits, or null
 * @param spanId 16 lowercase hex digits, or null
 * @param message the text of a captured message, or null for an exception
 * @param exceptions the outermost exception first, its causes behind it; empty for a message
 * @param breadcrumbs what led to it, oldest first: the name is the message a person reads, the
 *     attributes {@code category}, {@code level} and {@code type} are Sentry's fields, the rest its
 *     data
 */
public record ErrorData(
    String eventId,
    long timeNanos,
    @Nullable String traceId,
    @Nullable String spanId,
    LogData.Level level,
    @Nullable String message,
    List<ExceptionData> exceptions,
    Attributes attributes,
    List<SpanEvent> breadcrumbs)
    implements Item {

  public ErrorData {
    requireNonNull(eventId, "eventId");
    requireNonNull(level, "level");
    requireNonNull(attributes, "attributes");
    exceptions = List.copyOf(exceptions);
    breadcrumbs = List.copyOf(breadcrumbs);
  }

  /** An error without breadcrumbs. */
  public ErrorData(
      String eventId,
      long timeNanos,
      @Nullable String traceId,
      @Nullable String spanId,
      LogData.Level level,
      @Nullable String message,
      List<ExceptionData> exceptions,
      Attributes attributes) {
    this(eventId, timeNanos, traceId, spanId, level, message, exceptions, attributes, List.of());
  }

  /**
   * One exception of a chain.
   *
   * @param handled whether the application caught it; null when the sender did not say
   * @param frames the frame that threw first, its callers behind it
   */
  public record ExceptionData(
      String type, @Nullable String value, @Nullable Boolean handled, List<Frame> frames) {

    public ExceptionData {
      requireNonNull(type, "type");
      frames = List.copyOf(frames);
    }
  }

  /**
   * One line of a stack.
   *
   * @param line the line number from 1, or 0 when not known
   */
  public record Frame(
      @Nullable String module,
      @Nullable String function,
      @Nullable String file,
      int line,
      boolean inApp) {}
}
