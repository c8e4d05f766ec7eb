package io.onlooker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The headers a trace travels in: Sentry's {@code sentry-trace} and {@code baggage}, and W3C's
 * {@code traceparent}.
 *
 * <p>Of the baggage only Sentry's entries are read and written; what others put there is theirs.
 * The entries that came are passed on unchanged, for they are the decision of the trace's first
 * process.
 */
final class TraceHeaders {

  static final String SENTRY_TRACE = "sentry-trace";
  static final String BAGGAGE = "baggage";
  static final String TRACEPARENT = "traceparent";

  private static final Pattern SENTRY =
      Pattern.compile("\\s*([0-9a-f]{32})-([0-9a-f]{16})(?:-([01]))?\\s*");
  private static final Pattern W3C =
      Pattern.compile(
          "\\s*(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?\\s*");

  /** W3C's limit for the whole header. */
  private static final int BAGGAGE_LIMIT = 8192;

  private static final String PREFIX = "sentry-";

  private TraceHeaders() {}

  /** What the headers continue, or null when none of them can be read. Names in any case. */
  static @Nullable Remote read(Map<String, ?> headers) {
    String sentry = header(headers, "sentrytrace");
    Matcher matcher = sentry == null ? null : SENTRY.matcher(sentry);
    if (matcher != null && matcher.matches() && valid(matcher)) {
      String flag = matcher.group(3);
      return remote(matcher, flag == null ? null : flag.equals("1"), headers);
    }
    String parent = header(headers, TRACEPARENT);
    matcher = parent == null ? null : W3C.matcher(parent);
    if (matcher != null && matcher.matches() && valid(matcher)) {
      // W3C's flag says what another tracer does; with Sentry's entries it is our own decision.
      Map<String, String> baggage = baggage(headers);
      String sampled = baggage.get("sampled");
      return remote(matcher, sampled == null ? null : sampled.equals("true"), headers);
    }
    return null;
  }

  private static boolean valid(Matcher matcher) {
    return Ids.valid(matcher.group(1), 32) && Ids.valid(matcher.group(2), 16);
  }

  private static Remote remote(Matcher ids, @Nullable Boolean sampled, Map<String, ?> headers) {
    Map<String, String> baggage = baggage(headers);
    return new Remote(
        Ids.parse(ids.group(1), 0),
        Ids.parse(ids.group(1), 16),
        ids.group(2),
        sampled,
        fraction(baggage.get("sample_rand")),
        baggage);
  }

  /** The header under its name in any case, with or without dashes; several are joined. */
  private static @Nullable String header(Map<String, ?> headers, String name) {
    for (Map.Entry<String, ?> entry : headers.entrySet()) {
      String key = entry.getKey();
      Object value = entry.getValue();
      if (key == null || value == null || !plain(key).equals(name)) {
        continue;
      }
      if (value instanceof Iterable<?> values) {
        StringJoiner joined = new StringJoiner(",");
        values.forEach(part -> joined.add(String.valueOf(part)));
        return joined.toString();
      }
      return value.toString();
    }
    return null;
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }

  private static Map<String, String> baggage(Map<String, ?> headers) {
    String text = header(headers, BAGGAGE);
    Map<String, String> entries = new LinkedHashMap<>();
    if (text == null || text.length() > BAGGAGE_LIMIT) {
      return entries;
    }
    for (String entry : text.split(",", -1)) {
      String pair = entry.split(";", 2)[0].strip();
      int equal = pair.indexOf('=');
      if (pair.startsWith(PREFIX) && equal > PREFIX.length()) {
        String value = decode(pair.substring(equal + 1));
        if (value != null) {
          entries.put(pair.substring(PREFIX.length(), equal).strip(), value);
        }
      }
    }
    return entries;
  }

  private static @Nullable String decode(String text) {
    try {
      return URLDecoder.decode(text.strip().replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable Double fraction(@Nullable String text) {
    try {
      double fraction = text == null ? -1 : Double.parseDouble(text);
      return fraction >= 0 && fraction < 1 ? fraction : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** The headers for where the thread stands; empty when it is in no trace. */
  static Map<String, String> write(Current current, Settings settings) {
    Span span = current.span();
    if (span instanceof RecordedSpan recorded) {
      RecordedSpan root = recorded.root();
      String name =
          String.valueOf(root.fact(Fact.NAME) == null ? root.name() : root.fact(Fact.NAME));
      return headers(span.traceId(), span.spanId(), true, root.remote(), name, settings);
    }
    if (span instanceof NoopSpan noop && noop.sampled() != null) {
      return headers(span.traceId(), span.spanId(), noop.sampled(), noop.remote(), null, settings);
    }
    Remote remote = current.remote();
    if (remote == null) {
      return Map.of();
    }
    String id = remote.parentSpanId() == null ? Ids.text(Ids.random()) : remote.parentSpanId();
    return headers(remote.traceId(), id, remote.sampled(), remote, null, settings);
  }

  private static Map<String, String> headers(
      String traceId,
      String spanId,
      @Nullable Boolean sampled,
      @Nullable Remote remote,
      @Nullable String rootName,
      Settings settings) {
    Map<String, String> entries =
        remote != null && !remote.baggage().isEmpty()
            ? continued(remote)
            : started(traceId, sampled, rootName, settings);
    String flag = sampled == null ? "" : sampled ? "-1" : "-0";
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(SENTRY_TRACE, traceId + "-" + spanId + flag);
    headers.put(BAGGAGE, encode(entries));
    headers.put(
        TRACEPARENT,
        "00-" + traceId + "-" + spanId + (Boolean.FALSE.equals(sampled) ? "-00" : "-01"));
    return headers;
  }

  private static Map<String, String> continued(Remote remote) {
    Map<String, String> entries = new LinkedHashMap<>(remote.baggage());
    if (remote.fraction() == null) {
      entries.put("sample_rand", decimal(likely(remote, entries.get("sample_rate"))));
    }
    return entries;
  }

  /** A fraction with which the decision that came would have been made. */
  private static double likely(Remote remote, @Nullable String rateText) {
    double fraction = Ids.fraction(remote.traceLow());
    Double rate = fraction(rateText);
    if (rate == null || remote.sampled() == null) {
      return fraction;
    }
    return remote.sampled() ? fraction * rate : rate + fraction * (1 - rate);
  }

  private static Map<String, String> started(
      String traceId, @Nullable Boolean sampled, @Nullable String rootName, Settings settings) {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("trace_id", traceId);
    put(entries, "public_key", settings.publicKey());
    put(entries, "environment", settings.environment());
    put(entries, "release", settings.release());
    put(entries, "transaction", rootName);
    put(entries, "sample_rate", settings.sampleRate());
    entries.put("sample_rand", decimal(Ids.fraction(Ids.parse(traceId, 16))));
    put(entries, "sampled", sampled);
    return entries;
  }

  private static void put(Map<String, String> entries, String key, @Nullable Object value) {
    if (value != null) {
      entries.put(key, value.toString());
    }
  }

  private static String decimal(double fraction) {
    return String.format(Locale.ROOT, "%.6f", Math.floor(fraction * 1e6) / 1e6);
  }

  private static String encode(Map<String, String> entries) {
    StringJoiner joined = new StringJoiner(",");
    entries.forEach((key, value) ->
        joined.add(PREFIX + key + "=" + URLEncoder.encode(value, UTF_8).replace("+", "%20")));
    return joined.toString();
  }
}
