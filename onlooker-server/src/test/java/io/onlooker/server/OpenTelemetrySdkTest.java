package io.onlooker.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An application that has OpenTelemetry's SDK sends here when its exporter gets our address. */
@Timeout(120)
class OpenTelemetrySdkTest {

  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String TOKEN = "token-0123456789abcdef";

  @TempDir Path folder;

  @Test
  void spans_areASession() throws Exception {
    ServerConfig config =
        ServerConfig.of(folder)
            .withAddress("127.0.0.1", 0)
            .withOtlpPorts(false)
            .withKeys(KEY, TOKEN);
    try (OnlookerServer server = OnlookerServer.open(config);
        HttpClient http = HttpClient.newHttpClient()) {
      String address = "http://127.0.0.1:" + server.port();
      String key = KEY;
      // snippet: otel-sdk
      OtlpHttpSpanExporter exporter =
          OtlpHttpSpanExporter.builder()
              .setEndpoint(address + "/v1/traces") // http://localhost:8600
              .addHeader("Authorization", "Bearer " + key)
              .build();
      // end

      try (SdkTracerProvider provider =
          SdkTracerProvider.builder()
              .addSpanProcessor(SimpleSpanProcessor.create(exporter))
              .build()) {
        run(provider.get("test"));
      }

      URI sessions = URI.create(address + "/api/v1/sessions");
      HttpRequest request =
          HttpRequest.newBuilder(sessions).header("Authorization", "Bearer " + TOKEN).build();
      JsonNode answer =
          JsonMapper.shared().readTree(http.send(request, BodyHandlers.ofString()).body());
      assertThat(answer.path("sessions")).hasSize(1);
      assertThat(answer.at("/sessions/0/agent_name").asString()).isEqualTo("Support");
      assertThat(answer.at("/sessions/0/total_tokens").asInt()).isEqualTo(128);
    }
  }

  /** An agent that asks a model, in the words of the GenAI conventions. */
  private static void run(Tracer tracer) {
    Span agent =
        tracer
            .spanBuilder("invoke_agent Support")
            .setAttribute("gen_ai.operation.name", "invoke_agent")
            .setAttribute("gen_ai.agent.name", "Support")
            .startSpan();
    try (var _ = agent.makeCurrent()) {
      tracer
          .spanBuilder("chat gpt-4o-mini")
          .setAttribute("gen_ai.operation.name", "chat")
          .setAttribute("gen_ai.request.model", "gpt-4o-mini")
          .setAttribute("gen_ai.usage.input_tokens", 120)
          .setAttribute("gen_ai.usage.output_tokens", 8)
          .startSpan()
          .end();
    }
    agent.end();
  }
}
