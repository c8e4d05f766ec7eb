package io.onlooker.test;

import io.onlooker.ErrorInfo;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanStatus;
import io.onlooker.SpanType;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/** What is expected of a span. */
public final class SpanAssert extends AbstractAssert<SpanAssert, SpanSnapshot> {

  private SpanAssert(SpanSnapshot span) {
    super(span, SpanAssert.class);
  }

  public static SpanAssert assertThat(SpanSnapshot span) {
    return new SpanAssert(span);
  }

  public SpanAssert hasName(String name) {
    return same("name", span().name(), name);
  }

  public SpanAssert hasType(SpanType type) {
    return same("type", span().type(), type);
  }

  public SpanAssert hasOp(@Nullable String op) {
    return same("op", span().op(), op);
  }

  public SpanAssert isRoot() {
    return same("root", span().root(), true);
  }

  public SpanAssert hasParent(SpanSnapshot parent) {
    same("trace", span().traceId(), parent.traceId());
    return same("parent", span().parentSpanId(), parent.spanId());
  }

  /** Whole numbers are {@code long} in a snapshot; an int given here means the same number. */
  public SpanAssert hasAttribute(String name, Object value) {
    return same(name, span().attributes().get(name), widened(value));
  }

  public SpanAssert hasNoAttribute(String name) {
    return same(name, span().attributes().get(name), null);
  }

  /** These attributes and no other, in any order. */
  public SpanAssert hasExactlyAttributes(Map<String, ?> attributes) {
    Assertions.assertThat(span().attributes().toMap())
        .as("attributes of %s", span().name())
        .containsExactlyInAnyOrderEntriesOf(io.onlooker.Attributes.of(attributes).toMap());
    return this;
  }

  public SpanAssert hasStatus(SpanStatus.Code code) {
    return same("status", span().status().code(), code);
  }

  public SpanAssert hasStatus(SpanStatus status) {
    return same("status", span().status(), status);
  }

  /** The span failed with an exception, or in words, of this type. */
  public SpanAssert hasError(String type) {
    ErrorInfo error = span().error();
    return same("error", error == null ? null : error.type(), type);
  }

  public SpanAssert hasInput(@Nullable Object input) {
    return same("input", span().input(), input);
  }

  public SpanAssert hasOutput(@Nullable Object output) {
    return same("output", span().output(), output);
  }

  private SpanSnapshot span() {
    isNotNull();
    return Objects.requireNonNull(actual);
  }

  private SpanAssert same(String what, @Nullable Object found, @Nullable Object expected) {
    if (!Objects.equals(found, expected)) {
      failWithMessage("%s of %s: %s (expected: %s)", what, span().name(), found, expected);
    }
    return this;
  }

  private static Object widened(Object value) {
    return value instanceof Integer number ? (Object) number.longValue() : value;
  }
}
