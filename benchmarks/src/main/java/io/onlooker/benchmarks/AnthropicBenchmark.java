package io.onlooker.benchmarks;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import io.onlooker.anthropic.OnlookerAnthropic;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A call of anthropic-java without a network: what it costs bare, and what recording it adds. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Thread)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 4, time = 2)
@Fork(1)
public class AnthropicBenchmark {

  /** Chunks with text of the streamed answer. */
  private static final int CHUNKS = 1_000;

  private final MessageCreateParams params =
      MessageCreateParams.builder()
          .model("claude-sonnet-4-5")
          .maxTokens(1024)
          .system("You help customers.")
          .addUserMessage("Where is order 4711?")
          .build();

  private AnthropicClient anthropic = plain();

  private static AnthropicClient plain() {
    return AnthropicOkHttpClient.builder()
        .apiKey("key")
        .build()
        .withOptions(options -> options.httpClient(new CannedMessages(CHUNKS)));
  }

  @Setup
  public void open(Recording recording) {
    anthropic = plain();
    if (!recording.bare()) {
      anthropic =
          OnlookerAnthropic.instrument(
              anthropic,
              options ->
                  options
                      .onlooker(recording.onlooker())
                      .recordInputs(recording.content())
                      .recordOutputs(recording.content()));
    }
  }

  @Benchmark
  public Message call() {
    return anthropic.messages().create(params);
  }

  /** All the chunks: a thousandth of it is a chunk's. */
  @Benchmark
  public long stream() {
    try (StreamResponse<RawMessageStreamEvent> events =
        anthropic.messages().createStreaming(params)) {
      return events.stream().filter(RawMessageStreamEvent::isContentBlockDelta).count();
    }
  }
}
