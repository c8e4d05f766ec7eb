package io.onlooker.openai;

import io.onlooker.GenAi;
import io.onlooker.SpanOptions;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a client sends its calls. */
record Server(String provider, @Nullable String address, @Nullable Integer port) {

  static Server of(String baseUrl, @Nullable String provider) {
    try {
      URI uri = URI.create(baseUrl);
      String host = uri.getHost() == null ? "" : uri.getHost();
      String name = provider == null ? provider(host.toLowerCase(Locale.ROOT)) : provider;
      return new Server(name, host.isEmpty() ? null : host, port(uri));
    } catch (IllegalArgumentException e) {
      return new Server(provider == null ? "openai" : provider, null, null);
    }
  }

  /** The names of OpenTelemetry's conventions; a host that is not known speaks OpenAI's API. */
  private static String provider(String host) {
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

  private static @Nullable Integer port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "https".equals(uri.getScheme()) ? Integer.valueOf(443) : null;
  }

  /** The beginning of every span: {@code operation model}. */
  SpanOptions call(String operation, @Nullable String model) {
    String asked = model == null ? "unknown" : model;
    return SpanOptions.modelGeneration(asked, provider)
        .renamed(operation + " " + asked)
        .attribute(GenAi.OPERATION_NAME, operation)
        .attribute(GenAi.SERVER_ADDRESS, address)
        .attribute(GenAi.SERVER_PORT, port);
  }
}
