package io.onlooker.server.cost;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whose price list a client's provider name points to. */
sealed interface Provider {

  /** A vendor or host with prices of its own. */
  record Priced(String id) implements Provider {}

  /** Passes calls on; the model's name says to whom. */
  record Gateway() implements Provider {}

  /** Runs on the user's own machines: no price is known. */
  record Local() implements Provider {}

  Map<String, String> IDS = ids();

  Set<String> GATEWAYS =
      Set.of(
          "openrouter",
          "litellm",
          "vercel",
          "gateway",
          "ai_gateway",
          "portkey",
          "github",
          "github_models",
          "helicone",
          "cloudflare",
          "requesty");

  Set<String> LOCALS =
      Set.of(
          "ollama",
          "lmstudio",
          "lm_studio",
          "vllm",
          "llama.cpp",
          "llama_cpp",
          "llamacpp",
          "localai",
          "tgi",
          "mlx");

  /**
   * Finds the provider by the longest known head of a dotted name: {@code google.vertex.chat} is
   * Vertex, not Google. Null when nothing is known by it.
   */
  static @Nullable Provider of(@Nullable String name) {
    String head = name == null ? "" : folded(name);
    while (!head.isEmpty()) {
      Provider known = known(head);
      if (known != null) {
        return known;
      }
      head = head.substring(0, Math.max(0, head.lastIndexOf('.')));
    }
    return null;
  }

  /** Finds the provider by exactly this name, as a model's name has it before a slash or colon. */
  static @Nullable Provider prefix(String name) {
    return known(folded(name));
  }

  /** Whether calls to it are billed by whoever passes them on. */
  static boolean isGateway(@Nullable String name) {
    return of(name) instanceof Gateway;
  }

  private static String folded(String name) {
    return name.strip().toLowerCase(Locale.ROOT).replace('-', '_');
  }

  private static @Nullable Provider known(String name) {
    String id = IDS.get(name);
    if (id != null) {
      return new Priced(id);
    }
    if (GATEWAYS.contains(name)) {
      return new Gateway();
    }
    return LOCALS.contains(name) ? new Local() : null;
  }

  private static Map<String, String> ids() {
    Map<String, String> ids = new HashMap<>();
    name(ids, "openai");
    name(ids, "azure", "azure_openai", "az.ai.openai", "azure.ai.openai", "az.ai", "azure_ai");
    name(ids, "anthropic");
    name(ids, "google", "gemini", "gcp.gemini", "google_genai", "google_ai", "google_ai_studio");
    name(ids, "vertex", "google.vertex", "gcp.vertex_ai", "gcp.vertex", "vertex_ai", "vertexai");
    name(ids, "vertex", "google_vertex", "google_vertex_ai", "google_vertex_anthropic");
    name(ids, "bedrock", "aws.bedrock", "amazon_bedrock", "aws_bedrock", "bedrock_converse");
    name(ids, "mistral", "mistral_ai", "mistralai");
    name(ids, "xai", "x_ai", "x.ai");
    name(ids, "groq");
    name(ids, "together", "togetherai", "together_ai");
    name(ids, "fireworks", "fireworks_ai");
    name(ids, "deepseek");
    name(ids, "cohere", "cohere_ai");
    name(ids, "perplexity", "perplexity_ai");
    name(ids, "moonshot", "moonshot_ai", "moonshotai");
    name(ids, "zai", "z_ai", "z.ai", "zhipu", "zhipuai");
    name(ids, "alibaba", "dashscope", "qwen");
    name(ids, "minimax");
    name(ids, "voyage", "voyageai", "voyage_ai");
    name(ids, "cerebras");
    name(ids, "ai21");
    name(ids, "meta");
    return Map.copyOf(ids);
  }

  private static void name(Map<String, String> ids, String id, String... aliases) {
    ids.put(id, id);
    for (String alias : aliases) {
      ids.put(alias, id);
    }
  }
}
