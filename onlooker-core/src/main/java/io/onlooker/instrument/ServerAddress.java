package io.onlooker.instrument;

import io.onlooker.GenAi;
import io.onlooker.SpanOptions;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a client sends its calls, out of its base URL.
 *
 * @param host in lower case; null when the URL names none
 * @param port 443 when an https URL names none; null when it is not known
 */
public record ServerAddress(@Nullable String host, @Nullable Integer port) {

  /** The address in a base URL; nothing in what is no URL. */
  public static ServerAddress of(String baseUrl) {
    try {
      URI uri = URI.create(baseUrl);
      String host = uri.getHost();
      return new ServerAddress(host == null ? null : host.toLowerCase(Locale.ROOT), port(uri));
    } catch (IllegalArgumentException e) {
      return new ServerAddress(null, null);
    }
  }

  private static @Nullable Integer port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "https".equals(uri.getScheme()) ? Integer.valueOf(443) : null;
  }

  /** The beginning of every model call's span there: {@code operation model}. */
  public SpanOptions call(String operation, @Nullable String model, String provider) {
    String asked = model == null ? "unknown" : model;
    return SpanOptions.modelGeneration(asked, provider)
        .renamed(operation + " " + asked)
        .attribute(GenAi.OPERATION_NAME, operation)
        .attribute(GenAi.SERVER_ADDRESS, host)
        .attribute(GenAi.SERVER_PORT, port);
  }
}
