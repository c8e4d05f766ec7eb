package io.onlooker.server.ingest;

import io.onlooker.Attributes;
import io.onlooker.LogData;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.util.Objects;

/** Reads OTLP's log records. */
final class OtlpLogs {

  private OtlpLogs() {}

  /**
   * One record.
   *
   * @param shared attributes of its resource and scope
   */
  static LogData read(LogRecord log, Attributes shared, long receivedNanos) {
    Attributes.Builder attributes = Attributes.builder();
    OtlpAttributes.put(attributes, log.getAttributesList());
    if (!log.getEventName().isEmpty()) {
      attributes.putIfAbsent("event.name", log.getEventName());
    }
    shared.forEach(attributes::putIfAbsent);
    Object body = OtlpAttributes.value(log.getBody());
    return new LogData(
        time(log, receivedNanos),
        Ids.orNull(OtlpAttributes.hex(log.getTraceId()), Ids.TRACE_DIGITS),
        Ids.orNull(OtlpAttributes.hex(log.getSpanId()), Ids.SPAN_DIGITS),
        LogData.Level.ofSeverity(log.getSeverityNumberValue()),
        body == null ? "" : Objects.toString(body),
        attributes.build());
  }

  private static long time(LogRecord log, long receivedNanos) {
    if (log.getTimeUnixNano() > 0) {
      return log.getTimeUnixNano();
    }
    return log.getObservedTimeUnixNano() > 0 ? log.getObservedTimeUnixNano() : receivedNanos;
  }
}
