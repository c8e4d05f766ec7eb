package io.onlooker.openai;

import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import io.onlooker.Details;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.Usage;
import io.onlooker.instrument.Deferred;
import io.onlooker.instrument.Recording;
import org.jspecify.annotations.Nullable;

/** Embeddings; the vectors are not recorded. */
record EmbeddingsApi() implements Api {

  /** Sentry's names; OpenTelemetry has none for the input. */
  private static final String INPUT = "gen_ai.embeddings.input";

  private static final String DIMENSIONS = "gen_ai.request.dimensions";
  private static final String ENCODING_FORMAT = "gen_ai.request.encoding_format";

  @Override
  public @Nullable SpanOptions request(
      Object[] args, boolean streamed, Server server, Recording recording) {
    if (args.length == 0 || !(args[0] instanceof EmbeddingCreateParams params)) {
      return null;
    }
    var model = Known.of(params._model());
    var format = Known.of(params._encodingFormat());
    SpanOptions span =
        server
            .call("embeddings", model == null ? null : Known.text(model._value()))
            .attribute(DIMENSIONS, Known.of(params._dimensions()))
            .attribute(ENCODING_FORMAT, format == null ? null : Known.text(format._value()));
    EmbeddingCreateParams.Input input = Known.of(params._input());
    if (recording.inputs() && input != null) {
      span.attribute(
          INPUT,
          input.string().isPresent()
              ? input.string().get()
              : Deferred.text(() -> Trees.json(Trees.of(input))));
    }
    return span;
  }

  @Override
  public void answer(Object answer, Span span, Recording recording) {
    if (!(answer instanceof CreateEmbeddingResponse response)) {
      return;
    }
    span.set(Details.Response.of(null, Known.of(response._model())));
    Usage usage = Trees.usage(Known.of(response._usage()));
    if (usage != null) {
      span.set(usage);
    }
  }
}
