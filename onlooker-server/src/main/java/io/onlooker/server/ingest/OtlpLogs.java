package io.onlooker.server.ingest;

import io.onlooker.Attributes;
import io.onlooker.LogData;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.util.Locale;
import java.util.Map;

/** Reads OTLP's log records. */
final class OtlpLogs {

  /** How the words of logging libraries for a level begin. */
  private static final Map<String, LogData.Level> WORDS =
      Map.ofEntries(
          Map.entry("trace", LogData.Level.TRACE),
          Map.entry("verbose", LogData.Level.TRACE),
          Map.entry("debug", LogData.Level.DEBUG),
          Map.entry("fine", LogData.Level.DEBUG),
          Map.entry("warn", LogData.Level.WARN),
          Map.entry("err", LogData.Level.ERROR),
          Map.entry("severe", LogData.Level.ERROR),
          Map.entry("fatal", LogData.Level.FATAL),
          Map.entry("crit", LogData.Level.FATAL),
          Map.entry("emerg", LogData.Level.FATAL));

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
    return new LogData(
        time(log, receivedNanos),
        Ids.orNull(OtlpAttributes.hex(log.getTraceId()), Ids.TRACE_DIGITS),
        Ids.orNull(OtlpAttributes.hex(log.getSpanId()), Ids.SPAN_DIGITS),
        level(log),
        body(log),
        attributes.build());
  }

  /** Some senders have a word for it and no number. */
  private static LogData.Level level(LogRecord log) {
    return log.getSeverityNumberValue() == 0
        ? ofWord(log.getSeverityText().toLowerCase(Locale.ROOT))
        : LogData.Level.ofSeverity(log.getSeverityNumberValue());
  }

  private static LogData.Level ofWord(String word) {
    return WORDS.keySet().stream()
        .filter(word::startsWith)
        .findFirst()
        .map(WORDS::get)
        .orElse(LogData.Level.INFO);
  }

  /** An event without a text says at least what it is. */
  private static String body(LogRecord log) {
    Object body = OtlpAttributes.value(log.getBody());
    return body == null ? log.getEventName() : body.toString();
  }

  private static long time(LogRecord log, long receivedNanos) {
    if (log.getTimeUnixNano() > 0) {
      return log.getTimeUnixNano();
    }
    return log.getObservedTimeUnixNano() > 0 ? log.getObservedTimeUnixNano() : receivedNanos;
  }
}
