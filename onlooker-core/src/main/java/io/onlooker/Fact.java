package io.onlooker;

/**
 * What is known of a span beside its attributes; stands where an attribute has its key.
 *
 * <p>A span is a log of pairs, key and value: the key is an attribute's name or one of these.
 */
enum Fact {
  NAME,
  /** A {@link SpanStatus}. */
  STATUS,
  /** The {@link Throwable} that failed the span. */
  EXCEPTION,
  /** An {@link ErrorInfo}. */
  ERROR,
  INPUT,
  OUTPUT,
  ENTITY_ID,
  ENTITY_NAME,
  /** An unmodifiable {@code Map<String, Object>}; the last one counts. */
  METADATA,
  /** A {@code List<String>}. */
  TAGS,
  /** The {@link Remote} that a root continues. */
  REMOTE
}
