package io.onlooker.springai;

import io.onlooker.Details;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.instrument.Recording;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.chat.prompt.ChatOptions;

/** Requests to chat models. */
final class Models implements Kind<ChatModelObservationContext> {

  static final Models KIND = new Models();

  private Models() {}

  @Override
  public SpanOptions start(ChatModelObservationContext context, Recording recording) {
    ChatOptions asked = context.getRequest().getOptions();
    String model = asked == null ? null : asked.getModel();
    String provider = Providers.name(context.getOperationMetadata().provider());
    SpanOptions options = SpanOptions.modelGeneration(model == null ? "unknown" : model, provider);
    if (asked != null) {
      options.with(details(asked, context.isStreaming()));
    }
    if (recording.inputs()) {
      Input.write(options, context.getRequest());
    }
    return context.isStreaming() ? options.endWhenIdle() : options;
  }

  private static Details.Request details(ChatOptions asked, boolean streams) {
    Integer topK = asked.getTopK();
    List<String> stops = asked.getStopSequences();
    return new Details.Request(
        asked.getTemperature(),
        asked.getMaxTokens(),
        asked.getTopP(),
        topK == null ? null : topK.doubleValue(),
        asked.getPresencePenalty(),
        asked.getFrequencyPenalty(),
        stops == null ? List.of() : stops,
        null,
        streams ? true : null);
  }

  @Override
  public void end(ChatModelObservationContext context, Span span, Recording recording) {
    ChatResponse response = context.getResponse();
    if (response != null) {
      Output.write(span, response, context.getOperationMetadata().provider(), recording);
    }
  }

  @Override
  public boolean complete(ChatModelObservationContext context) {
    return !context.isStreaming() || context.getResponse() != null;
  }

  /** Whether it is a request whose answer comes in pieces. */
  static boolean streams(@Nullable Object context) {
    return context instanceof ChatModelObservationContext model && model.isStreaming();
  }
}
