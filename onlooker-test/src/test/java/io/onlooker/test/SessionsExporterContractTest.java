package io.onlooker.test;

import io.onlooker.ExportMetrics;
import io.onlooker.Exporter;
import io.onlooker.export.SessionsExporter;

class SessionsExporterContractTest extends ExporterContract {

  @Override
  protected Exporter exporter(CaptureServer receiver) {
    return SessionsExporter.builder(receiver.uri().toString(), "key")
        .batch(true)
        .queueBytes(64 << 10)
        .build();
  }

  @Override
  protected ExportMetrics metrics(Exporter exporter) {
    return ((SessionsExporter) exporter).metrics();
  }
}
