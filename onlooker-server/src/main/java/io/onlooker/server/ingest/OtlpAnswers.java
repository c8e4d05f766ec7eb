package io.onlooker.server.ingest;

import com.google.rpc.Code;
import com.google.rpc.Status;
import io.onlooker.server.http.HttpProblem;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import tools.jackson.databind.json.JsonMapper;

/** OTLP's answers: a partial success says how many items were rejected, a whole one is empty. */
final class OtlpAnswers {

  private static final JsonMapper JSON = JsonMapper.builder().build();

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

  /** The body of an answer that refuses a request: {@code google.rpc.Status}. */
  static byte[] status(OtlpEncoding encoding, HttpProblem problem) {
    int code = code(problem.status());
    if (encoding == OtlpEncoding.JSON) {
      return JSON.writeValueAsBytes(
          JSON.createObjectNode().put("code", code).put("message", problem.detail()));
    }
    return Status.newBuilder().setCode(code).setMessage(problem.detail()).build().toByteArray();
  }

  private static int code(int status) {
    Code code =
        switch (status) {
          case 401 -> Code.UNAUTHENTICATED;
          case 403 -> Code.PERMISSION_DENIED;
          case 404 -> Code.NOT_FOUND;
          case 413, 429 -> Code.RESOURCE_EXHAUSTED;
          case 503 -> Code.UNAVAILABLE;
          default -> status < 500 ? Code.INVALID_ARGUMENT : Code.INTERNAL;
        };
    return code.getNumber();
  }

  static String reasons(Drops drops) {
    return String.join("; ", drops.details());
  }
}
