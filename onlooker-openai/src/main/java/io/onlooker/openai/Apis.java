package io.onlooker.openai;

import com.openai.services.async.EmbeddingServiceAsync;
import com.openai.services.async.ResponseServiceAsync;
import com.openai.services.async.chat.ChatCompletionServiceAsync;
import com.openai.services.blocking.EmbeddingService;
import com.openai.services.blocking.ResponseService;
import com.openai.services.blocking.chat.ChatCompletionService;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which methods of openai-java ask a model, and by which API. */
final class Apis {

  private static final Api CHAT = new ChatApi();
  private static final Api RESPONSES = new ResponsesApi();
  private static final Api EMBEDDINGS = new EmbeddingsApi();

  private static final Map<Class<?>, Api> SERVICES =
      Map.ofEntries(
          Map.entry(ChatCompletionService.class, CHAT),
          Map.entry(ChatCompletionService.WithRawResponse.class, CHAT),
          Map.entry(ChatCompletionServiceAsync.class, CHAT),
          Map.entry(ChatCompletionServiceAsync.WithRawResponse.class, CHAT),
          Map.entry(ResponseService.class, RESPONSES),
          Map.entry(ResponseService.WithRawResponse.class, RESPONSES),
          Map.entry(ResponseServiceAsync.class, RESPONSES),
          Map.entry(ResponseServiceAsync.WithRawResponse.class, RESPONSES),
          Map.entry(EmbeddingService.class, EMBEDDINGS),
          Map.entry(EmbeddingService.WithRawResponse.class, EMBEDDINGS),
          Map.entry(EmbeddingServiceAsync.class, EMBEDDINGS),
          Map.entry(EmbeddingServiceAsync.WithRawResponse.class, EMBEDDINGS));

  private static final Set<String> CALLS = Set.of("create", "createStreaming");

  private Apis() {}

  /** The API that the method calls; null for a method that asks no model. */
  static @Nullable Api of(Method method) {
    return CALLS.contains(method.getName()) ? SERVICES.get(method.getDeclaringClass()) : null;
  }

  /** Whether the method's service hands out responses before they are parsed. */
  static boolean raw(Method method) {
    return method.getDeclaringClass().getSimpleName().equals("WithRawResponse");
  }
}
