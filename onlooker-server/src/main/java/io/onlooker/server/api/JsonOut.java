package io.onlooker.server.api;

import io.onlooker.Attributes;
import io.onlooker.server.http.Response;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes an answer. What is not known is written as null, so that every member is always there. */
final class JsonOut {

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int NANOS_IN_MILLIS_DIGITS = 6;

  private final JsonGenerator out;

  private JsonOut(JsonGenerator out) {
    this.out = out;
  }

  /** An answer with an object whose members the writer writes. */
  static Response object(Consumer<JsonOut> members) {
    return Response.of(200, "application/json", bytes(members));
  }

  /** The same object as text, in one line. */
  static String text(Consumer<JsonOut> members) {
    return new String(bytes(members), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(Consumer<JsonOut> members) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator generator =
        FACTORY.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
      generator.writeStartObject();
      members.accept(new JsonOut(generator));
      generator.writeEndObject();
    }
    return bytes.toByteArray();
  }

  JsonOut text(String name, @Nullable String value) {
    out.writeName(name);
    any(value);
    return this;
  }

  JsonOut number(String name, @Nullable Number value) {
    out.writeName(name);
    any(value);
    return this;
  }

  JsonOut flag(String name, boolean value) {
    out.writeName(name);
    out.writeBoolean(value);
    return this;
  }

  /** A number of nanoseconds as milliseconds, exact. */
  JsonOut millis(String name, @Nullable Long nanos) {
    out.writeName(name);
    if (nanos == null) {
      out.writeNull();
    } else {
      out.writeNumber(plainMillis(nanos));
    }
    return this;
  }

  JsonOut time(String name, @Nullable Long epochNanos) {
    return text(name, epochNanos == null ? null : instant(epochNanos).toString());
  }

  /** Text, number, boolean, null, or a list of these. */
  JsonOut value(String name, @Nullable Object value) {
    out.writeName(name);
    any(value);
    return this;
  }

  JsonOut attributes(String name, Attributes attributes) {
    out.writeName(name);
    out.writeStartObject();
    attributes.forEach(this::value);
    out.writeEndObject();
    return this;
  }

  /** An object, or null. */
  <T> JsonOut object(String name, @Nullable T value, Consumer<? super T> members) {
    out.writeName(name);
    if (value == null) {
      out.writeNull();
    } else {
      out.writeStartObject();
      members.accept(value);
      out.writeEndObject();
    }
    return this;
  }

  <T> JsonOut objects(String name, List<? extends T> values, Consumer<? super T> members) {
    out.writeName(name);
    out.writeStartArray();
    for (T value : values) {
      out.writeStartObject();
      members.accept(value);
      out.writeEndObject();
    }
    out.writeEndArray();
    return this;
  }

  private void any(@Nullable Object value) {
    switch (value) {
      case null -> out.writeNull();
      case String text -> out.writeString(text);
      case Boolean flag -> out.writeBoolean(flag);
      case Integer number -> out.writeNumber(number);
      case Long number -> out.writeNumber(number);
      case Double number when Double.isFinite(number) -> out.writeNumber(plain(number));
      case BigDecimal number -> out.writeNumber(plain(number));
      case List<?> list -> {
        out.writeStartArray();
        list.forEach(this::any);
        out.writeEndArray();
      }
      default -> out.writeString(value.toString());
    }
  }

  private static BigDecimal plainMillis(long nanos) {
    return plain(new BigDecimal(BigInteger.valueOf(nanos), NANOS_IN_MILLIS_DIGITS));
  }

  /** Without an exponent, as far as that does not make it long. */
  private static BigDecimal plain(double number) {
    return plain(BigDecimal.valueOf(number));
  }

  private static BigDecimal plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 && stripped.precision() - stripped.scale() <= 18
        ? stripped.setScale(0)
        : stripped;
  }

  private static Instant instant(long epochNanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(epochNanos, 1_000_000_000L), Math.floorMod(epochNanos, 1_000_000_000L));
  }
}
