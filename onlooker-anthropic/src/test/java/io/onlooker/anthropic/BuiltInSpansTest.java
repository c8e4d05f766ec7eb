package io.onlooker.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.core.opentelemetry.OpenTelemetryOptions;
import com.anthropic.models.beta.messages.BetaMessage;
import io.onlooker.Onlooker;
import io.onlooker.test.ScriptedModelServer;
import io.onlooker.test.ScriptedModelServer.Reply;
import io.onlooker.test.SpanRecorder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One call is one span, also where anthropic-java's own OpenTelemetry spans are switched on. */
class BuiltInSpansTest {

  @RegisterExtension final SpanRecorder recorder = SpanRecorder.create();

  private final List<String> builtIn = new CopyOnWriteArrayList<>();
  private final ScriptedModelServer server = ScriptedModelServer.start();
  private final SdkTracerProvider tracers =
      SdkTracerProvider.builder()
          .addSpanProcessor(SimpleSpanProcessor.create(new Names(builtIn)))
          .build();

  @AfterEach
  void close() {
    tracers.close();
    server.close();
  }

  private AnthropicClient client(Consumer<AnthropicOptions> configure) {
    server.when(body -> true, Reply.text("Because."));
    OpenTelemetryOptions telemetry =
        OpenTelemetryOptions.builder().tracerProvider(tracers).traces(true).build();
    return OnlookerAnthropic.instrument(
        Clients.builder(server.origin()).openTelemetry(telemetry).build(), configure);
  }

  @Test
  void spans_areOurs() {
    AnthropicClient client = client(options -> options.onlooker(recorder.onlooker()));

    assertThat(client.messages().create(Clients.ask("Why?")).id()).isNotEmpty();
    for (BetaMessage message : client.beta().messages().toolRunner(Clients.askBeta("Why?"))) {
      assertThat(message.id()).isNotEmpty();
    }

    assertThat(recorder.takeAll()).hasSize(2);
    assertThat(builtIn).isEmpty();
  }

  @Test
  void spans_areBoth() {
    AnthropicClient client =
        client(options -> options.onlooker(recorder.onlooker()).builtInSpans(true));

    assertThat(client.messages().create(Clients.ask("Why?")).id()).isNotEmpty();

    assertThat(recorder.takeAll()).hasSize(1);
    assertThat(builtIn).hasSize(1);
  }

  @Test
  void spans_areTheirs_whenNothingIsRecorded() {
    Onlooker none = Onlooker.create(options -> options.tracesSampleRate(0.0));
    AnthropicClient client = client(options -> options.onlooker(none));

    assertThat(client.messages().create(Clients.ask("Why?")).id()).isNotEmpty();

    assertThat(builtIn).hasSize(1);
  }

  private record Names(List<String> names) implements SpanExporter {

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      spans.forEach(span -> names.add(span.getName()));
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
