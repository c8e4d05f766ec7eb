package io.onlooker.benchmarks.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The same twenty database spans in each dialect. */
final class Bodies {

  private static final long NOW_MILLIS = System.currentTimeMillis();

  private Bodies() {}

  static Body named(String dialect) {
    return switch (dialect) {
      case "otlp" -> Body.of("/v1/traces", "application/x-protobuf", otlp(), false);
      case "sentry" -> envelope("/api/1/envelope/");
      case "spotlight" -> envelope("/stream");
      case "zipkin" -> Body.of("/api/v2/spans", "application/json", zipkin().getBytes(UTF_8), true);
      default ->
          throw new IllegalArgumentException(
              "dialect: " + dialect + " (expected: otlp, sentry, spotlight or zipkin)");
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

  private static String id(int id) {
    return "\"" + HexFormat.of().formatHex(Body.marker(id, id == 0 ? 16 : 8)) + "\"";
  }

  private static String json(int span) {
    return attributes(span).entrySet().stream()
        .map(entry -> "\"%s\":\"%s\"".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String zipkin() {
    StringBuilder spans = new StringBuilder("[");
    for (int i = 1; i <= Body.SPANS; i++) {
      spans.append(i == 1 ? "" : ",").append("{\"traceId\":").append(id(0));
      spans.append(",\"id\":").append(id(i));
      spans.append(i == 1 ? "" : ",\"parentId\":" + id(1));
      spans.append(",\"kind\":\"CLIENT\",\"name\":\"select items\",\"timestamp\":");
      spans.append((NOW_MILLIS + i) * 1000).append(",\"duration\":").append(1000 + i);
      spans.append(",\"localEndpoint\":{\"serviceName\":\"shop\"},\"tags\":").append(json(i));
      spans.append('}');
    }
    return spans.append(']').toString();
  }

  private static Body envelope(String path) {
    double start = NOW_MILLIS / 1e3;
    StringBuilder spans = new StringBuilder();
    for (int i = 2; i <= Body.SPANS; i++) {
      spans.append(i == 2 ? "" : ",").append("{\"trace_id\":").append(id(0));
      spans.append(",\"span_id\":").append(id(i)).append(",\"parent_span_id\":").append(id(1));
      spans.append(",\"op\":\"db\",\"description\":\"select items\",\"status\":\"ok\"");
      spans.append(",\"start_timestamp\":%.3f,\"timestamp\":%.3f".formatted(start, start + 0.02));
      spans.append(",\"data\":").append(json(i)).append('}');
    }
    String transaction =
        "{\"type\":\"transaction\",\"transaction\":\"select items\",\"start_timestamp\":%.3f,"
                .formatted(start)
            + "\"timestamp\":%.3f,\"contexts\":{\"trace\":{\"trace_id\":%s,\"span_id\":%s,"
                .formatted(start + 0.5, id(0), id(1))
            + "\"op\":\"http.server\",\"status\":\"ok\",\"data\":%s}},\"spans\":[%s]}"
                .formatted(json(1), spans);
    String envelope =
        "{\"sdk\":{\"name\":\"sentry.javascript.node\",\"version\":\"10.78.0\"}}\n"
            + "{\"type\":\"transaction\"}\n"
            + transaction
            + "\n";
    return Body.of(path, "application/x-sentry-envelope", envelope.getBytes(UTF_8), true);
  }

  /** An ExportTraceServiceRequest, by the field numbers of OTLP's trace.proto. */
  private static byte[] otlp() {
    ByteArrayOutputStream scope = new ByteArrayOutputStream();
    for (int i = 1; i <= Body.SPANS; i++) {
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
    message(span, 1, Body.marker(0, 16));
    message(span, 2, Body.marker(i, 8));
    if (i > 1) {
      message(span, 4, Body.marker(1, 8));
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
    to.write(field << 3 | 1);
    to.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
  }
}
