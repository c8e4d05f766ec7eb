package io.onlooker.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import com.linecorp.armeria.client.grpc.GrpcClients;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.onlooker.SpanData;
import io.onlooker.server.OnlookerServer;
import io.onlooker.server.RememberingStore;
import io.onlooker.server.ServerConfig;
import io.onlooker.store.StoreException;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenTelemetry's Java SDK and plain stubs over real gRPC. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtlpGrpcTest {

  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String TOKEN = "an-admin-token-of-the-test";
  private static final int LARGEST = 200_000;

  private final RememberingStore store = new RememberingStore();

  @SuppressWarnings("NullAway.Init")
  private OnlookerServer server;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    ServerConfig config =
        ServerConfig.of(folder)
            .withAddress("127.0.0.1", 0)
            .withOtlpPorts(false)
            .withLimits(LARGEST, LARGEST)
            .withKeys(KEY, TOKEN);
    server = OnlookerServer.open(config, store);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @BeforeEach
  void forget() {
    store.forget();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "gzip"})
  void spans_ofTheJavaSdk(String compression) {
    OtlpGrpcSpanExporter exporter =
        OtlpGrpcSpanExporter.builder()
            .setEndpoint(address())
            .addHeader("authorization", "Bearer " + KEY)
            .setCompression(compression)
            .build();
    try (SdkTracerProvider tracing =
        SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(exporter))
            .build()) {
      Span span =
          tracing
              .get("test")
              .spanBuilder("chat gpt-4o")
              .setAttribute("gen_ai.operation.name", "chat")
              .setAttribute("gen_ai.usage.input_tokens", 12L)
              .startSpan();
      span.end();

      assertThat(tracing.forceFlush().join(10, TimeUnit.SECONDS).isSuccess()).isTrue();

      SpanData kept = store.spans().getFirst();
      assertThat(kept.name()).isEqualTo("chat gpt-4o");
      assertThat(kept.traceId()).isEqualTo(span.getSpanContext().getTraceId());
      assertThat(kept.attributes().number("gen_ai.usage.input_tokens")).isEqualTo(12);
    }
  }

  @Test
  void logs_ofTheJavaSdk() {
    OtlpGrpcLogRecordExporter exporter =
        OtlpGrpcLogRecordExporter.builder()
            .setEndpoint(address())
            .addHeader("authorization", "Bearer " + KEY)
            .build();
    try (SdkLoggerProvider logging =
        SdkLoggerProvider.builder()
            .addLogRecordProcessor(SimpleLogRecordProcessor.create(exporter))
            .build()) {
      logging.get("test").logRecordBuilder().setBody("hello").setSeverity(Severity.WARN).emit();

      assertThat(logging.forceFlush().join(10, TimeUnit.SECONDS).isSuccess()).isTrue();

      assertThat(store.logs().getFirst().body()).isEqualTo("hello");
    }
  }

  @Test
  void metrics_areCountedNotKept() {
    var metrics = client(KEY, MetricsServiceGrpc.MetricsServiceBlockingStub.class);

    var answer = metrics.export(ExportMetricsServiceRequest.getDefaultInstance());

    assertThat(answer.hasPartialSuccess()).isFalse();
  }

  @Test
  void span_thatCannotBeKept_isRejectedAndItsNeighbourKept() {
    ExportTraceServiceResponse answer = traces(KEY).export(request(span("good"), badSpan()));

    assertThat(answer.getPartialSuccess().getRejectedSpans()).isEqualTo(1);
    assertThat(answer.getPartialSuccess().getErrorMessage()).startsWith("span 2: ");
    assertThat(store.spans()).extracting(SpanData::name).containsExactly("good");
  }

  @Test
  void key_ofNobody() {
    assertThat(refused("wrong").getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(store.spans()).isEmpty();
  }

  @Test
  void message_tooLarge() {
    Status status = refusedFor(span("x".repeat(LARGEST)));

    assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
  }

  @Test
  void store_thatIsFull_asksToSendAgain() {
    store.failWith(StoreException.Reason.FULL);

    assertThat(refusedFor(span("again")).getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
  }

  private Status refused(String key) {
    return refusedFor(key, span("nobody's"));
  }

  private Status refusedFor(io.opentelemetry.proto.trace.v1.Span span) {
    return refusedFor(KEY, span);
  }

  private Status refusedFor(String key, io.opentelemetry.proto.trace.v1.Span span) {
    Status[] status = new Status[1];
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(() -> traces(key).export(request(span)))
        .satisfies(refused -> status[0] = refused.getStatus());
    return status[0];
  }

  private TraceServiceGrpc.TraceServiceBlockingStub traces(String key) {
    return client(key, TraceServiceGrpc.TraceServiceBlockingStub.class);
  }

  private <T> T client(String key, Class<T> stub) {
    return GrpcClients.builder("gproto+http://127.0.0.1:" + server.port())
        .addHeader("authorization", "Bearer " + key)
        .build(stub);
  }

  private String address() {
    return "http://127.0.0.1:" + server.port();
  }

  private static ExportTraceServiceRequest request(io.opentelemetry.proto.trace.v1.Span... spans) {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    var scope = request.addResourceSpansBuilder().addScopeSpansBuilder();
    for (var span : spans) {
      scope.addSpans(span);
    }
    return request.build();
  }

  private static io.opentelemetry.proto.trace.v1.Span span(String name) {
    return io.opentelemetry.proto.trace.v1.Span.newBuilder()
        .setTraceId(ByteString.fromHex("0af7651916cd43dd8448eb211c80319c"))
        .setSpanId(ByteString.fromHex("00f067aa0ba902b7"))
        .setName(name)
        .setStartTimeUnixNano(1_795_200_000_000_000_000L)
        .setEndTimeUnixNano(1_795_200_001_000_000_000L)
        .build();
  }

  private static io.opentelemetry.proto.trace.v1.Span badSpan() {
    return span("bad").toBuilder().clearTraceId().build();
  }
}
