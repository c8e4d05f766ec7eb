package io.onlooker.server.ingest;

import io.onlooker.Attributes;
import io.onlooker.Drop;
import io.onlooker.Item;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.List;

/** Decodes OTLP's three requests in either encoding; knows nothing of HTTP. */
final class OtlpProtocol {

  private final OtlpEncoding encoding;
  private final int maxItems;

  OtlpProtocol(OtlpEncoding encoding, int maxItems) {
    this.encoding = encoding;
    this.maxItems = maxItems;
  }

  /** An {@code ExportTraceServiceRequest}. */
  Decoded traces(byte[] body, long receivedNanos) throws Malformed {
    if (encoding == OtlpEncoding.PROTOBUF) {
      return new OtlpTraces(body, maxItems).decoded();
    }
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    Drops drops = new Drops();
    encoding.read(body, request, drops);
    return spans(request.getResourceSpansList(), drops);
  }

  /** The spans of a request that is read; what cannot be kept is added to the drops. */
  Decoded spans(List<ResourceSpans> resources, Drops drops) {
    List<Item> items = new ArrayList<>();
    for (ResourceSpans resource : resources) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        Attributes shared = shared(resource.getResource(), scope.getScope());
        for (Span span : scope.getSpansList()) {
          add(items, drops, "span", () -> OtlpSpans.read(OtlpSpan.of(span), shared));
        }
      }
    }
    return new Decoded(items, drops, null);
  }

  /** An {@code ExportLogsServiceRequest}. */
  Decoded logs(byte[] body, long receivedNanos) throws Malformed {
    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    Drops drops = new Drops();
    encoding.read(body, request, drops);
    return records(request.getResourceLogsList(), drops, receivedNanos);
  }

  /** The log records of a request that is read; what cannot be kept is added to the drops. */
  Decoded records(List<ResourceLogs> resources, Drops drops, long receivedNanos) {
    List<Item> items = new ArrayList<>();
    for (ResourceLogs resource : resources) {
      for (ScopeLogs scope : resource.getScopeLogsList()) {
        Attributes shared = shared(resource.getResource(), scope.getScope());
        for (LogRecord log : scope.getLogRecordsList()) {
          add(items, drops, "log", () -> OtlpLogs.read(log, shared, receivedNanos));
        }
      }
    }
    return new Decoded(items, drops, null);
  }

  /** An {@code ExportMetricsServiceRequest}: understood, counted, not kept. */
  Decoded metrics(byte[] body, long receivedNanos) throws Malformed {
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    Drops drops = new Drops();
    encoding.read(body, request, drops);
    return points(request.getResourceMetricsList(), drops);
  }

  /** The data points of a request that is read: counted, not kept. */
  static Decoded points(List<ResourceMetrics> resources, Drops drops) {
    long points = 0;
    for (ResourceMetrics resource : resources) {
      for (ScopeMetrics scope : resource.getScopeMetricsList()) {
        points += scope.getMetricsList().stream().mapToLong(OtlpProtocol::points).sum();
      }
    }
    drops.add(Drop.NOT_KEPT, "metric", points);
    return new Decoded(List.of(), drops, null);
  }

  private void add(List<Item> items, Drops drops, String category, ItemReader reader) {
    if (items.size() >= maxItems) {
      drops.add(Drop.TOO_MANY, category);
      return;
    }
    try {
      items.add(reader.read());
    } catch (Malformed e) {
      drops.invalid(category, category + " " + (items.size() + 1) + ": " + e.detail());
    }
  }

  static Attributes shared(Resource resource, InstrumentationScope scope) {
    Attributes.Builder attributes = Attributes.builder();
    OtlpAttributes.put(attributes, resource.getAttributesList());
    OtlpAttributes.putScope(attributes, scope);
    return attributes.build();
  }

  private static long points(Metric metric) {
    return switch (metric.getDataCase()) {
      case GAUGE -> metric.getGauge().getDataPointsCount();
      case SUM -> metric.getSum().getDataPointsCount();
      case HISTOGRAM -> metric.getHistogram().getDataPointsCount();
      case EXPONENTIAL_HISTOGRAM -> metric.getExponentialHistogram().getDataPointsCount();
      case SUMMARY -> metric.getSummary().getDataPointsCount();
      default -> 0;
    };
  }

  @FunctionalInterface
  private interface ItemReader {
    Item read() throws Malformed;
  }
}
