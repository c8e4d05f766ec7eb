package io.onlooker;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * How a span ended.
 *
 * @param message the sender's own words ({@code internal_error}, {@code card declined}), or null
 */
public record SpanStatus(Code code, @Nullable String message) {

  /** Nobody said. */
  public static final SpanStatus UNSET = new SpanStatus(Code.UNSET, null);

  /** The work was done. */
  public static final SpanStatus OK = new SpanStatus(Code.OK, null);

  /** The work was given up before it was done. */
  public static final SpanStatus CANCELLED = new SpanStatus(Code.CANCELLED, null);

  /** Nobody ended it, and nobody will: Onlooker did. */
  public static final SpanStatus ABANDONED = new SpanStatus(Code.CANCELLED, "abandoned");

  public SpanStatus {
    requireNonNull(code, "code");
  }

  /** The work failed; null when there is no word about why. */
  public static SpanStatus error(@Nullable String message) {
    return new SpanStatus(Code.ERROR, message);
  }

  /** The four outcomes every dialect is reduced to; the wording stays in {@link #message()}. */
  public enum Code {
    /** Nobody said. */
    UNSET,
    /** The work was done. */
    OK,
    /** The work failed. */
    ERROR,
    /** The work was given up before it was done. */
    CANCELLED
  }
}
