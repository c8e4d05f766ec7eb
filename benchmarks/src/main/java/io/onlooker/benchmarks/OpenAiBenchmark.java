package io.onlooker.benchmarks;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientImpl;
import com.openai.core.ClientOptions;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.onlooker.openai.OnlookerOpenAi;
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

/** A call of openai-java without a network: what it costs bare, and what recording it adds. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Thread)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 4, time = 2)
@Fork(1)
public class OpenAiBenchmark {

  /** Chunks with text of the streamed answer. */
  private static final int CHUNKS = 1_000;

  private final ChatCompletionCreateParams params =
      ChatCompletionCreateParams.builder()
          .model("gpt-4o")
          .addSystemMessage("You help customers.")
          .addUserMessage("Where is order 4711?")
          .temperature(0.5)
          .build();

  private OpenAIClient openai = plain();

  private static OpenAIClient plain() {
    return new OpenAIClientImpl(
        ClientOptions.builder().apiKey("key").httpClient(new CannedModel(CHUNKS)).build());
  }

  @Setup
  public void open(Recording recording) {
    openai = plain();
    if (!recording.bare()) {
      openai =
          OnlookerOpenAi.instrument(
              openai,
              options ->
                  options
                      .onlooker(recording.onlooker())
                      .recordInputs(recording.content())
                      .recordOutputs(recording.content()));
    }
  }

  @Benchmark
  public ChatCompletion call() {
    return openai.chat().completions().create(params);
  }

  /** All the chunks: a thousandth of it is a chunk's. */
  @Benchmark
  public long stream() {
    try (StreamResponse<ChatCompletionChunk> chunks =
        openai.chat().completions().createStreaming(params)) {
      return chunks.stream().mapToLong(chunk -> chunk.choices().size()).sum();
    }
  }
}
