package io.onlooker.server.ingest;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;

/** OTLP's answers: a partial success says how many items were rejected, a whole one is empty. */
final class OtlpAnswers {

  private OtlpAnswers() {}

  static ExportTraceServiceResponse traces(Drops drops) {
    var answer = ExportTraceServiceResponse.newBuilder();
    if (drops.faults() > 0) {
      answer.setPartialSuccess(
          ExportTracePartialSuccess.newBuilder()
              .setRejectedSpans(drops.faults())
              .setErrorMessage(reasons(drops)));
    }
    return answer.build();
  }

  static ExportLogsServiceResponse logs(Drops drops) {
    var answer = ExportLogsServiceResponse.newBuilder();
    if (drops.faults() > 0) {
      answer.setPartialSuccess(
          ExportLogsPartialSuccess.newBuilder()
              .setRejectedLogRecords(drops.faults())
              .setErrorMessage(reasons(drops)));
    }
    return answer.build();
  }

  static ExportMetricsServiceResponse metrics(Drops drops) {
    var answer = ExportMetricsServiceResponse.newBuilder();
    if (drops.faults() > 0) {
      answer.setPartialSuccess(
          ExportMetricsPartialSuccess.newBuilder()
              .setRejectedDataPoints(drops.faults())
              .setErrorMessage(reasons(drops)));
    }
    return answer.build();
  }

  static String reasons(Drops drops) {
    return String.join("; ", drops.details());
  }
}
