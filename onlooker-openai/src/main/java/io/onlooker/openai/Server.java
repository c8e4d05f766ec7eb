package io.onlooker.openai;

import io.onlooker.SpanOptions;
import io.onlooker.instrument.ServerAddress;
import org.jspecify.annotations.Nullable;

/** Where a client sends its calls, and who answers there. */
record Server(String provider, ServerAddress address) {

  static Server of(String baseUrl, @Nullable String provider) {
    ServerAddress address = ServerAddress.of(baseUrl);
    return new Server(provider == null ? provider(address.host()) : provider, address);
  }

  /** The names of OpenTelemetry's conventions; a host that is not known speaks OpenAI's API. */
  private static String provider(@Nullable String host) {
    if (host == null) {
      return "openai";
    }
    if (host.endsWith(".azure.com") || host.endsWith(".azure.us")) {
      return "azure.ai.openai";
    }
    return switch (host) {
      case "api.deepseek.com" -> "deepseek";
      case "api.groq.com" -> "groq";
      case "api.mistral.ai" -> "mistral_ai";
      case "api.perplexity.ai" -> "perplexity";
      case "api.x.ai" -> "x_ai";
      default -> "openai";
    };
  }

  /** The beginning of every span: {@code operation model}. */
  SpanOptions call(String operation, @Nullable String model) {
    return address.call(operation, model, provider);
  }
}
