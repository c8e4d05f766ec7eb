package io.onlooker.langchain4j;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import io.onlooker.Details;
import io.onlooker.Onlooker;
import io.onlooker.SpanOptions;
import io.onlooker.instrument.ModelCall;
import io.onlooker.instrument.Recording;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Starts the span of a request to a model. */
final class ModelCalls {

  private ModelCalls() {}

  /**
   * Starts it below the run whose request it is, else below the thread's current span.
   *
   * @return null when nothing is recorded
   */
  static @Nullable ModelCall start(
      Runs.@Nullable Issued issued, ChatRequest request, Supplier<ModelFacts> facts) {
    Run run = issued == null ? null : issued.run();
    if (issued != null && run == null) {
      return null;
    }
    Onlooker onlooker = run == null ? Onlooker.current() : run.onlooker();
    Recording recording = run == null ? Settings.recording(onlooker) : run.recording();
    return ModelCall.start(
        onlooker,
        recording,
        () -> options(request, facts.get(), recording).parent(run == null ? null : run.span()));
  }

  private static SpanOptions options(ChatRequest request, ModelFacts facts, Recording recording) {
    ChatRequestParameters asked = request.parameters();
    ChatRequestParameters defaults = facts.defaults();
    ChatRequestParameters all = defaults == null ? asked : defaults.overrideWith(asked);
    String model = all.modelName();
    SpanOptions span =
        SpanOptions.modelGeneration(model == null ? "unknown" : model, facts.providerName())
            .with(details(all, facts.streams()));
    if (recording.inputs()) {
      Input.write(span, request.messages(), all.toolSpecifications());
    }
    return span;
  }

  private static Details.Request details(ChatRequestParameters all, boolean streams) {
    Integer topK = all.topK();
    List<String> stops = all.stopSequences();
    return new Details.Request(
        all.temperature(),
        all.maxOutputTokens(),
        all.topP(),
        topK == null ? null : topK.doubleValue(),
        all.presencePenalty(),
        all.frequencyPenalty(),
        stops == null ? List.of() : stops,
        null,
        streams ? true : null);
  }
}
