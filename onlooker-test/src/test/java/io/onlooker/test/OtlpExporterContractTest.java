package io.onlooker.test;

import io.onlooker.ExportMetrics;
import io.onlooker.Exporter;
import io.onlooker.export.OtlpExporter;

class OtlpExporterContractTest extends ExporterContract {

  @Override
  protected Exporter exporter(CaptureServer receiver) {
    return OtlpExporter.builder(receiver.uri().toString()).queueBytes(64 << 10).build();
  }

  @Override
  protected ExportMetrics metrics(Exporter exporter) {
    return ((OtlpExporter) exporter).metrics();
  }
}
