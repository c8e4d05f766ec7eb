package io.onlooker.server.ingest;

import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.http.Request;
import io.onlooker.server.http.Routes;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.util.function.Function;

/** Where OpenTelemetry's exporters send over gRPC. */
final class OtlpGrpc {

  private static final String DIALECT = "otlp-grpc";
  private static final byte[] NO_BODY = {};

  private final KeyCheck keys;
  private final Ingest ingest;
  private final Doorway doorway;
  private final OtlpProtocol protocol;

  OtlpGrpc(KeyCheck keys, Ingest ingest, Doorway doorway, int maxItems) {
    this.keys = keys;
    this.ingest = ingest;
    this.doorway = doorway;
    this.protocol = new OtlpProtocol(OtlpEncoding.PROTOBUF, maxItems);
  }

  void addTo(Routes routes) {
    routes
        .unary(
            TraceServiceGrpc.getExportMethod(),
            (request, message) ->
                accept(
                    request,
                    (_, _) -> protocol.spans(message.getResourceSpansList(), new Drops()),
                    OtlpAnswers::traces))
        .unary(
            LogsServiceGrpc.getExportMethod(),
            (request, message) ->
                accept(
                    request,
                    (_, now) -> protocol.records(message.getResourceLogsList(), new Drops(), now),
                    OtlpAnswers::logs))
        .unary(
            MetricsServiceGrpc.getExportMethod(),
            (request, message) ->
                accept(
                    request,
                    (_, _) -> OtlpProtocol.points(message.getResourceMetricsList(), new Drops()),
                    OtlpAnswers::metrics));
  }

  private <A> A accept(Request request, Protocol message, Function<Drops, A> answer) {
    try {
      Ingest.Outcome outcome = ingest.accept(keys.caller(request), DIALECT, message, NO_BODY);
      doorway.count(DIALECT, 200);
      return answer.apply(outcome.drops());
    } catch (HttpProblem problem) {
      doorway.count(DIALECT, problem.status());
      throw problem;
    }
  }
}
