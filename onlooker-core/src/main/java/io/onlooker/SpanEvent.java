package io.onlooker;

import static java.util.Objects.requireNonNull;

/**
 * Something that happened at one moment within a span.
 *
 * @param timeNanos nanoseconds since 1970-01-01T00:00Z
 */
public record SpanEvent(long timeNanos, String name, Attributes attributes) {

  public SpanEvent {
    requireNonNull(name, "name");
    requireNonNull(attributes, "attributes");
  }
}
