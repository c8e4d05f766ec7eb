package io.onlooker.benchmarks.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The same database spans in each dialect. */
final class Bodies {

  private static final long NOW_MILLIS = System.currentTimeMillis();

  private final int count;

  private Bodies(int count) {
    this.count = count;
  }

  /**
   * @param spans of a request; a trace has twenty of them, but a transaction is one trace
   */
  static Body named(String dialect, int spans) {
    return new Bodies(spans).named(dialect);
  }

  private Body named(String dialect) {
    return switch (dialect) {
      case "otlp" -> Body.of("/v1/traces", "application/x-protobuf", otlp(), count, false);
      case "sentry-spans" -> streamed("/api/1/envelope/");
      case "sentry-transactions" -> transaction("/api/1/envelope/");
      case "spotlight" -> transaction("/stream");
      case "zipkin" ->
          Body.of("/api/v2/spans", "application/json", zipkin().getBytes(UTF_8), count, true);
      default ->
          throw new IllegalArgumentException(
              "dialect: "
                  + dialect
                  + " (expected: otlp, sentry-spans, sentry-transactions, spotlight or zipkin)");
    };
  }

  private static Map<String, String> attributes(int span) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("op", "db");
    attributes.put("origin", "auto.db.otel.postgres");
    attributes.put("db.system", "postgresql");
    attributes.put("db.name", "shop");
    attributes.put("net.peer.port", "5432");
    attributes.put("performance.slow", Boolean.toString(span % 7 == 0));
    attributes.put("rows", Integer.toString(span * 37 % 1000));
    attributes.put(
        "db.statement", "SELECT id, name FROM items WHERE tenant = $1 AND id = $" + span);
    attributes.put("environment", "production");
    attributes.put("release", "shop@2.3.1");
    return attributes;
  }

  private static int trace(int span) {
    return (span - 1) / Body.SPANS_A_TRACE;
  }

  /** The first of the span's trace. */
  private static int root(int span) {
    return trace(span) * Body.SPANS_A_TRACE + 1;
  }

  private static String traceId(int trace) {
    return "\"" + HexFormat.of().formatHex(Body.traceMarker(trace)) + "\"";
  }

  private static String spanId(int span) {
    return "\"" + HexFormat.of().formatHex(Body.spanMarker(span - 1)) + "\"";
  }

  private static String json(int span) {
    return attributes(span).entrySet().stream()
        .map(entry -> "\"%s\":\"%s\"".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private String zipkin() {
    StringBuilder spans = new StringBuilder("[");
    for (int i = 1; i <= count; i++) {
      spans.append(i == 1 ? "" : ",").append("{\"traceId\":").append(traceId(trace(i)));
      spans.append(",\"id\":").append(spanId(i));
      spans.append(i == root(i) ? "" : ",\"parentId\":" + spanId(root(i)));
      spans.append(",\"kind\":\"CLIENT\",\"name\":\"select items\",\"timestamp\":");
      spans.append((NOW_MILLIS + i) * 1000).append(",\"duration\":").append(1000 + i);
      spans.append(",\"localEndpoint\":{\"serviceName\":\"shop\"},\"tags\":").append(json(i));
      spans.append('}');
    }
    return spans.append(']').toString();
  }

  private Body transaction(String path) {
    double start = NOW_MILLIS / 1e3;
    StringBuilder spans = new StringBuilder();
    for (int i = 2; i <= count; i++) {
      spans.append(i == 2 ? "" : ",").append("{\"trace_id\":").append(traceId(0));
      spans.append(",\"span_id\":").append(spanId(i));
      spans.append(",\"parent_span_id\":").append(spanId(1));
      spans.append(",\"op\":\"db\",\"description\":\"select items\",\"status\":\"ok\"");
      spans.append(",\"start_timestamp\":%.3f,\"timestamp\":%.3f".formatted(start, start + 0.02));
      spans.append(",\"data\":").append(json(i)).append('}');
    }
    String transaction =
        "{\"type\":\"transaction\",\"transaction\":\"select items\",\"start_timestamp\":%.3f,"
                .formatted(start)
            + "\"timestamp\":%.3f,\"contexts\":{\"trace\":{\"trace_id\":%s,\"span_id\":%s,"
                .formatted(start + 0.5, traceId(0), spanId(1))
            + "\"op\":\"http.server\",\"status\":\"ok\",\"data\":%s}},\"spans\":[%s]}"
                .formatted(json(1), spans);
    return envelope(path, "{\"type\":\"transaction\"}", transaction);
  }

  /** Version 2 of spans, each attribute with its type. */
  private Body streamed(String path) {
    double start = NOW_MILLIS / 1e3;
    StringBuilder spans = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      spans.append(i == 1 ? "" : ",").append("{\"trace_id\":").append(traceId(trace(i)));
      spans.append(",\"span_id\":").append(spanId(i));
      spans.append(i == root(i) ? "" : ",\"parent_span_id\":" + spanId(root(i)));
      spans.append(",\"name\":\"select items\",\"status\":\"ok\"");
      spans.append(",\"is_segment\":").append(i == root(i));
      spans.append(
          ",\"start_timestamp\":%.3f,\"end_timestamp\":%.3f".formatted(start, start + 0.02));
      spans.append(",\"attributes\":").append(typedJson(i)).append('}');
    }
    String header =
        "{\"type\":\"span\",\"item_count\":%d,".formatted(count)
            + "\"content_type\":\"application/vnd.sentry.items.span.v2+json\"}";
    return envelope(path, header, "{\"items\":[" + spans + "]}");
  }

  private Body envelope(String path, String itemHeader, String item) {
    String envelope =
        "{\"sdk\":{\"name\":\"sentry.javascript.node\",\"version\":\"10.78.0\"}}\n"
            + itemHeader
            + "\n"
            + item
            + "\n";
    return Body.of(path, "application/x-sentry-envelope", envelope.getBytes(UTF_8), count, true);
  }

  private static String typedJson(int span) {
    return attributes(span).entrySet().stream()
        .map(entry ->
            "\"%s\":{\"type\":\"string\",\"value\":\"%s\"}"
                .formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** An ExportTraceServiceRequest, by the field numbers of OTLP's trace.proto. */
  private byte[] otlp() {
    ByteArrayOutputStream scope = new ByteArrayOutputStream();
    for (int i = 1; i <= count; i++) {
      message(scope, 2, span(i));
    }
    ByteArrayOutputStream resource = new ByteArrayOutputStream();
    ByteArrayOutputStream service = new ByteArrayOutputStream();
    message(service, 1, pair("service.name", "shop"));
    message(resource, 1, service.toByteArray());
    message(resource, 2, scope.toByteArray());
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    message(request, 1, resource.toByteArray());
    return request.toByteArray();
  }

  private static byte[] span(int i) {
    ByteArrayOutputStream span = new ByteArrayOutputStream();
    message(span, 1, Body.traceMarker(trace(i)));
    message(span, 2, Body.spanMarker(i - 1));
    if (i != root(i)) {
      message(span, 4, Body.spanMarker(root(i) - 1));
    }
    message(span, 5, "select items".getBytes(UTF_8));
    fixed(span, 7, (NOW_MILLIS + i) * 1_000_000);
    fixed(span, 8, (NOW_MILLIS + i + 20) * 1_000_000);
    attributes(i).forEach((key, value) -> message(span, 9, pair(key, value)));
    return span.toByteArray();
  }

  private static byte[] pair(String key, String value) {
    ByteArrayOutputStream any = new ByteArrayOutputStream();
    message(any, 1, value.getBytes(UTF_8));
    ByteArrayOutputStream pair = new ByteArrayOutputStream();
    message(pair, 1, key.getBytes(UTF_8));
    message(pair, 2, any.toByteArray());
    return pair.toByteArray();
  }

  private static void message(ByteArrayOutputStream to, int field, byte[] bytes) {
    to.write((field << 3) | 2);
    int length = bytes.length;
    while (length >= 128) {
      to.write((length & 127) | 128);
      length >>= 7;
    }
    to.write(length);
    to.writeBytes(bytes);
  }

  private static void fixed(ByteArrayOutputStream to, int field, long value) {
    to.write((field << 3) | 1);
    to.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
  }
}
