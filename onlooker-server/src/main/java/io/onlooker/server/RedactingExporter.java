package io.onlooker.server;

import io.onlooker.ErrorData;
import io.onlooker.Exporter;
import io.onlooker.LogData;
import io.onlooker.TracingEvent;
import io.onlooker.redact.RedactionProcessor;
import java.time.Duration;

/** An exporter with a redaction before it, as in an application. */
final class RedactingExporter implements Exporter {

  private final RedactionProcessor redaction;
  private final Exporter exporter;

  RedactingExporter(RedactionProcessor redaction, Exporter exporter) {
    this.redaction = redaction;
    this.exporter = exporter;
  }

  @Override
  public void exportTracingEvent(TracingEvent event) {
    exporter.exportTracingEvent(redaction.process(event));
  }

  @Override
  public void forgetSpan(String traceId, String spanId) {
    exporter.forgetSpan(traceId, spanId);
  }

  @Override
  public void exportLog(LogData log) {
    exporter.exportLog(redaction.process(log));
  }

  @Override
  public void exportError(ErrorData error) {
    exporter.exportError(redaction.process(error));
  }

  @Override
  public boolean flush(Duration timeout) {
    return exporter.flush(timeout);
  }

  @Override
  public boolean shutdown(Duration timeout) {
    return exporter.shutdown(timeout);
  }
}
