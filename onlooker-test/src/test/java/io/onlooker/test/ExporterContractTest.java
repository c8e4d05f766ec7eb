package io.onlooker.test;

import io.onlooker.ExportMetrics;
import io.onlooker.Exporter;

/** The contract can be kept. */
class ExporterContractTest extends ExporterContract {

  @Override
  protected Exporter exporter(CaptureServer receiver) {
    return new LineExporter(receiver.uri());
  }

  @Override
  protected ExportMetrics metrics(Exporter exporter) {
    return ((LineExporter) exporter).metrics();
  }
}
