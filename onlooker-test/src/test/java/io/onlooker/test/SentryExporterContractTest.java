package io.onlooker.test;

import io.onlooker.ExportMetrics;
import io.onlooker.Exporter;
import io.onlooker.export.SentryExporter;

class SentryExporterContractTest extends ExporterContract {

  @Override
  protected Exporter exporter(CaptureServer receiver) {
    return SentryExporter.builder().dsn(receiver.dsn()).queueBytes(64 << 10).build();
  }

  @Override
  protected ExportMetrics metrics(Exporter exporter) {
    return ((SentryExporter) exporter).metrics();
  }
}
