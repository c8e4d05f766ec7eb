package io.onlooker;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * How a span ended.
 *
 * @param message the sender's own words ({@code internal_error}, {@code card declined}), or null
 */
public record SpanStatus(Code code, @Nullable String message) {

  public static final SpanStatus UNSET = new SpanStatus(Code.UNSET, null);
  public static final SpanStatus OK = new SpanStatus(Code.OK, null);
  public static final SpanStatus CANCELLED = new SpanStatus(Code.CANCELLED, null);

  public SpanStatus {
    requireNonNull(code, "code");
  }

  public static SpanStatus error(@Nullable String message) {
    return new SpanStatus(Code.ERROR, message);
  }

  /** The four outcomes every dialect is reduced to; the wording stays in {@link #message()}. */
  public enum Code {
    UNSET,
    OK,
    ERROR,
    CANCELLED
  }
}
