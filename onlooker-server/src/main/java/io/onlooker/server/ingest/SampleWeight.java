package io.onlooker.server.ingest;

import io.onlooker.Attributes;
import io.onlooker.SpanData;
import io.onlooker.store.Aggregate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a sampled span stands for: the inverse of its sample rate, kept with it, so that counts can
 * be estimated. The rate is the span's own ({@code sentry.sample_rate}), or that of its trace,
 * which an envelope's header tells once for all its spans.
 */
final class SampleWeight {

  static final String RATE = "sentry.sample_rate";

  /** Below it a single span would stand for more than anybody sends. */
  private static final double LEAST_RATE = 1e-6;

  private static final Pattern THRESHOLD =
      Pattern.compile("(?:^|,)\\s*ot=(?:[^,]*;)?th:([0-9a-f]{1,14})(?:[;,\\s]|$)");

  private SampleWeight() {}

  /**
   * The rate that an envelope's trace header tells, if it is one that leaves spans out; or null.
   */
  static @Nullable Double ofHeader(JsonNode header) {
    return rate(Json.text(header.path("trace"), "sample_rate"));
  }

  /**
   * The rate that OpenTelemetry tells by a rejection threshold ({@code ot=th:c}: the upper digits
   * of 56 bits) beside a trace's id, or null.
   */
  static @Nullable Double ofTraceState(String traceState) {
    if (traceState.isEmpty()) {
      return null;
    }
    Matcher threshold = THRESHOLD.matcher(traceState);
    if (!threshold.find()) {
      return null;
    }
    String digits = threshold.group(1);
    double rejected = Long.parseLong(digits, 16) / Math.pow(16, digits.length());
    return rate(1 - rejected);
  }

  /** The span with its trace's rate, unless it tells one itself. */
  static SpanData withRate(SpanData span, @Nullable Double rate) {
    if (rate == null || span.attributes().has(RATE)) {
      return span;
    }
    return span.withAttributes(span.attributes().toBuilder().put(RATE, rate).build());
  }

  /** The span with its weight, if it has a rate below 1. */
  static SpanData weighted(SpanData span) {
    Double rate = rate(span.attributes().get(RATE));
    if (rate == null) {
      return span;
    }
    Attributes.Builder attributes = span.attributes().toBuilder();
    return span.withAttributes(attributes.put(Aggregate.SAMPLE_WEIGHT, 1 / rate).build());
  }

  private static @Nullable Double rate(@Nullable Object told) {
    try {
      double rate =
          switch (told) {
            case Number number -> number.doubleValue();
            case String text when text.length() < 40 -> Double.parseDouble(text);
            case null, default -> 1;
          };
      return rate >= LEAST_RATE && rate < 1 ? rate : null;
    } catch (NumberFormatException _) {
      return null;
    }
  }
}
