package io.onlooker.server;

import io.onlooker.Attributes;
import io.onlooker.ErrorData;
import io.onlooker.Exporter;
import io.onlooker.Item;
import io.onlooker.LogData;
import io.onlooker.SpanData;
import io.onlooker.SpanEvent;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanStatus;
import io.onlooker.SpanType;
import io.onlooker.TracingEvent;
import io.onlooker.export.AttributeNames;
import io.onlooker.export.SentryExporter;
import io.onlooker.export.SentrySpans;
import io.onlooker.redact.RedactionProcessor;
import io.onlooker.server.ingest.Recording;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads recorded requests, redacts what is in them and sends it on with the SDK's own exporter:
 * what leaves is what an application with the same rules would have sent.
 */
final class RedactedTarget implements RequestTarget {

  private static final Duration SEND_WITHIN = Duration.ofSeconds(30);

  private final RedactionProcessor redaction;
  private final SentryExporter sentry;
  private final Exporter exporter;
  private int requests;
  private int unreadable;
  private boolean sent;

  RedactedTarget(String dsn, RedactionProcessor redaction) {
    this.redaction = redaction;
    sentry =
        SentryExporter.builder()
            .dsn(dsn)
            .names(AttributeNames.CURRENT)
            .spans(SentrySpans.STREAM)
            .build();
    exporter = new RedactingExporter(redaction, sentry);
  }

  @Override
  public void send(Recording recording, PrintWriter complaints) {
    requests++;
    List<Item> items;
    try {
      items = recording.items();
    } catch (IllegalArgumentException e) {
      unreadable++;
      complaints.println(e.getMessage());
      return;
    }
    items.forEach(this::send);
  }

  private void send(Item item) {
    switch (item) {
      case SpanData span -> send(span);
      case LogData log -> exporter.exportLog(log);
      case ErrorData error -> exporter.exportError(error);
    }
  }

  private void send(SpanData span) {
    if (!span.events().isEmpty() && !span.open()) {
      // Moments need a span to belong to; what it says is said once, at its end.
      send(TracingEvent.Kind.SPAN_STARTED, span.withAttributes(Attributes.EMPTY));
      moments(span);
    }
    send(span.open() ? TracingEvent.Kind.SPAN_STARTED : TracingEvent.Kind.SPAN_ENDED, span);
  }

  private void send(TracingEvent.Kind kind, SpanData span) {
    SpanSnapshot whole = snapshot(span, span.spanId(), span.parentSpanId(), span.segment(), null);
    exporter.exportTracingEvent(new TracingEvent(kind, whole));
  }

  private void moments(SpanData span) {
    int number = 0;
    for (SpanEvent event : span.events()) {
      String id = "%08x%08x".formatted(span.spanId().hashCode(), ++number);
      SpanSnapshot moment = snapshot(span, id, span.spanId(), false, event);
      exporter.exportTracingEvent(new TracingEvent(TracingEvent.Kind.SPAN_ENDED, moment));
    }
  }

  private static SpanSnapshot snapshot(
      SpanData span,
      String spanId,
      @Nullable String parent,
      boolean root,
      @Nullable SpanEvent event) {
    return new SpanSnapshot(
        span.traceId(),
        spanId,
        parent,
        root,
        event != null,
        event == null ? span.name() : event.name(),
        SpanType.GENERIC,
        event == null ? span.op() : null,
        null,
        null,
        event == null ? span.startNanos() : event.timeNanos(),
        event == null ? span.endNanos() : SpanData.OPEN,
        event == null ? span.status() : SpanStatus.UNSET,
        null,
        event == null ? span.attributes() : event.attributes(),
        null,
        null,
        Map.of(),
        List.of());
  }

  @Override
  public String finish() {
    sent = exporter.shutdown(SEND_WITHIN);
    return "%d requests read, %d unreadable; %s; redacted %s"
        .formatted(requests, unreadable, sentry.metrics(), redaction.counts());
  }

  @Override
  public boolean complete() {
    return sent && unreadable == 0 && sentry.metrics().dropped() == 0;
  }

  @Override
  public void close() {
    exporter.shutdown(Duration.ZERO);
  }
}
