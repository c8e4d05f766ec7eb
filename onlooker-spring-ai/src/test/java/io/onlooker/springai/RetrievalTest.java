package io.onlooker.springai;

import static io.onlooker.test.SpanAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.onlooker.GenAi;
import io.onlooker.SpanSnapshot;
import io.onlooker.SpanType;
import io.onlooker.test.RecordedSession;
import io.onlooker.test.SpanRecorder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.embedding.EmbeddingResponseMetadata;
import org.springframework.ai.embedding.observation.EmbeddingModelObservationContext;
import org.springframework.ai.vectorstore.SearchRequest;
import org.springframework.ai.vectorstore.observation.VectorStoreObservationContext;

/** Searches in vector stores and the embeddings that they need, as Spring AI observes them. */
class RetrievalTest {

  @RegisterExtension final SpanRecorder recorder = SpanRecorder.create(o -> o.sendDefaultPii(true));

  private final ObservationRegistry registry = ObservationRegistry.create();

  @Test
  void search_embedsTheQuestion() {
    registry
        .observationConfig()
        .observationHandler(new OnlookerObservationHandler(recorder.onlooker()));
    VectorStoreObservationContext search =
        VectorStoreObservationContext.builder(
                "pg_vector", VectorStoreObservationContext.Operation.QUERY)
            .queryRequest(SearchRequest.builder().query("refunds?").topK(3).build())
            .build();

    Observation.createNotStarted("search", () -> search, registry)
        .observe(() -> {
          embed();
          search.setQueryResponse(
              List.of(new Document("doc-1", "Within 30 days.", Map.of("page", 7))));
        });

    RecordedSession session = recorder.takeSession();
    assertThat(session.tree())
        .isEqualTo("processor_run pg_vector query\n  embeddings text-embedding-3-small\n");
    assertThat(session.root())
        .hasType(SpanType.PROCESSOR_RUN)
        .hasInput("refunds?")
        .hasOutput(
            List.of(
                Map.of("id", "doc-1", "text", "Within 30 days.", "metadata", Map.of("page", 7))));
    SpanSnapshot embeddings = session.children(session.root()).get(0);
    assertThat(embeddings)
        .hasType(SpanType.MODEL_GENERATION)
        .hasInput(List.of("refunds?"))
        .hasAttribute(GenAi.OPERATION_NAME, "embeddings")
        .hasAttribute(GenAi.PROVIDER_NAME, "openai")
        .hasAttribute(GenAi.USAGE_INPUT_TOKENS, 5);
  }

  private void embed() {
    EmbeddingOptions options = EmbeddingOptions.builder().model("text-embedding-3-small").build();
    EmbeddingModelObservationContext context =
        EmbeddingModelObservationContext.builder()
            .embeddingRequest(new EmbeddingRequest(List.of("refunds?"), options))
            .provider("openai")
            .build();
    Observation.createNotStarted("embedding", () -> context, registry)
        .observe(() ->
            context.setResponse(
                new EmbeddingResponse(
                    List.of(new Embedding(new float[] {0.5f}, 0)),
                    new EmbeddingResponseMetadata(
                        "text-embedding-3-small", new DefaultUsage(5, 0, 5)))));
  }
}
