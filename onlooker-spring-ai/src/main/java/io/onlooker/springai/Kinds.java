package io.onlooker.springai;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.embedding.observation.EmbeddingModelObservationContext;
import org.springframework.ai.tool.observation.ToolCallingObservationContext;

/** The kinds of observations that are recorded. */
final class Kinds {

  private static final String CLIENT =
      "org.springframework.ai.chat.client.observation.ChatClientObservationContext";
  private static final String ADVISOR =
      "org.springframework.ai.chat.client.advisor.observation.AdvisorObservationContext";
  private static final String VECTOR_STORE =
      "org.springframework.ai.vectorstore.observation.VectorStoreObservationContext";

  private Kinds() {}

  /** Whether it is a call of a chat client. */
  static boolean client(Observation.ContextView context) {
    return context.getClass().getName().equals(CLIENT);
  }

  @SuppressWarnings("unchecked") // each is given the contexts of its kind only
  static @Nullable Kind<Observation.Context> of(Observation.Context context) {
    return (Kind<Observation.Context>) kind(context);
  }

  private static @Nullable Kind<?> kind(Observation.Context context) {
    if (context instanceof ChatModelObservationContext) {
      return Models.KIND;
    }
    if (context instanceof ToolCallingObservationContext) {
      return Tools.KIND;
    }
    if (context instanceof EmbeddingModelObservationContext) {
      return Embeddings.KIND;
    }
    // By name: the application may not have these modules.
    return switch (context.getClass().getName()) {
      case CLIENT -> Clients.KIND;
      case ADVISOR -> Advisors.KIND;
      case VECTOR_STORE -> VectorStores.KIND;
      default -> null;
    };
  }
}
