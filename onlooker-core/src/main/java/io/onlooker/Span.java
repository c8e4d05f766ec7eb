package io.onlooker;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work while it runs: what the application says about it is sent when it ends.
 *
 * <p>Safe for many threads. No method throws or blocks, whatever the values; null values are
 * ignored. After {@link #end} every call does nothing, so ending twice is harmless. A span of a
 * trace that is not sampled, or of a closed {@link Onlooker}, takes all calls and records nothing.
 *
 * <p>Input, output and metadata are kept as the application's own objects and read later, on
 * Onlooker's thread: what changes until then may or may not show.
 */
public sealed interface Span permits RecordedSpan, NoopSpan {

  /** 32 lowercase hex digits. */
  String traceId();

  /** 16 lowercase hex digits. */
  String spanId();

  /** What the span stands for. */
  SpanType type();

  /** Whether what is said about the span goes anywhere: sampled, and not ended. */
  boolean recording();

  /**
   * Sets an attribute; the last value under a name counts. Values as {@link Attributes} has them.
   */
  Span setAttribute(String name, @Nullable Object value);

  /** As {@link #setAttribute(String, Object)}, without an object for the number. */
  Span setAttribute(String name, long value);

  /** As {@link #setAttribute(String, long)}; what is not finite is told as text. */
  Span setAttribute(String name, double value);

  /** Sets each pair as an attribute; the map is read at once. */
  Span setAttributes(Map<String, ?> attributes);

  /** Sets the attributes that the details stand for. */
  default Span set(Details details) {
    if (details != null) {
      details.write(this::setAttribute);
    }
    return this;
  }

  /** Gives the span another name, known only now. */
  Span setName(String name);

  /** Sets how the work went; the last word counts. */
  Span setStatus(SpanStatus status);

  /**
   * Sets how the work went. An error with the message {@code cancelled} is {@link
   * SpanStatus.Code#CANCELLED}, as Sentry's clients say it (seed 002).
   */
  default Span setStatus(SpanStatus.Code code, @Nullable String message) {
    if (code == null) {
      return this;
    }
    boolean cancelled = code == SpanStatus.Code.ERROR && "cancelled".equals(message);
    return setStatus(new SpanStatus(cancelled ? SpanStatus.Code.CANCELLED : code, message));
  }

  /** What the work was given: messages, arguments, any object. */
  Span input(@Nullable Object input);

  /** What came out of it. */
  Span output(@Nullable Object output);

  /** Attaches a value for people; child spans started later have it too. */
  Span metadata(String name, @Nullable Object value);

  /** Marks the span as failed, unless it says already that it failed or was cancelled. */
  Span recordException(Throwable exception);

  /** Marks the span as failed in the application's own words. */
  Span error(ErrorInfo error);

  /** Notes that the first piece of the answer is here; later calls count nothing. */
  Span firstChunk();

  /** Records something that happened at this moment within the span. */
  Span event(String name, Map<String, ?> attributes);

  /** Starts a span below this one; it is not the thread's current span. */
  Span startChild(SpanOptions options);

  /** Tells the exporters what is known so far: a live view shows it before the span ends. */
  void update();

  /** Ends the span now. */
  void end();

  /** Ends the span at a moment in the past, when it is known only now; null means now. */
  void end(Instant time);
}
