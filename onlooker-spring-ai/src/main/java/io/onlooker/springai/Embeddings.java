package io.onlooker.springai;

import io.onlooker.GenAi;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.Usage;
import io.onlooker.instrument.Recording;
import java.util.List;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.embedding.observation.EmbeddingModelObservationContext;

/** Requests to embedding models. */
final class Embeddings implements Kind<EmbeddingModelObservationContext> {

  static final Embeddings KIND = new Embeddings();

  private static final String OPERATION = "embeddings";

  private Embeddings() {}

  @Override
  public SpanOptions start(EmbeddingModelObservationContext context, Recording recording) {
    EmbeddingOptions asked = context.getRequest().getOptions();
    String said = asked == null ? null : asked.getModel();
    String model = said == null ? "unknown" : said;
    String provider = Providers.name(context.getOperationMetadata().provider());
    SpanOptions options =
        SpanOptions.modelGeneration(model, provider)
            .renamed(OPERATION + " " + model)
            .attribute(GenAi.OPERATION_NAME, OPERATION);
    return recording.inputs()
        ? options.input(List.copyOf(context.getRequest().getInstructions()))
        : options;
  }

  @Override
  public void end(EmbeddingModelObservationContext context, Span span, Recording recording) {
    EmbeddingResponse response = context.getResponse();
    if (response != null) {
      String model = response.getMetadata().getModel();
      span.setAttribute(GenAi.RESPONSE_MODEL, model == null || model.isEmpty() ? null : model);
      String provider = context.getOperationMetadata().provider();
      Usage usage = Tokens.of(response.getMetadata().getUsage(), provider);
      if (usage != null) {
        span.set(usage);
      }
    }
  }
}
