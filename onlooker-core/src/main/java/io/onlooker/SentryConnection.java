package io.onlooker;

import io.onlooker.export.SentryExporter;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What a DSN ({@code https://KEY@HOST/PROJECT}) stands for. */
final class SentryConnection {

  private SentryConnection() {}

  /**
   * Opens the exporter that sends there.
   *
   * @throws IllegalArgumentException when the text is no DSN; the message does not show the key
   */
  static Exporter open(String dsn, Settings settings) {
    return SentryExporter.builder()
        .dsn(dsn)
        .environment(settings.environment())
        .release(settings.release())
        .tracesSampleRate(settings.sampleRate() == null ? 1.0 : settings.sampleRate())
        .names(settings.attributeNames())
        .spans(settings.spans())
        .build();
  }

  /** What is wrong with a text that should be a DSN, without its key; null when nothing is. */
  static @Nullable String problem(String dsn) {
    try {
      SentryExporter.builder().dsn(dsn);
      return null;
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  /** The key that may send, which travels with a trace; of a text that was opened. */
  static String publicKey(String dsn) {
    return URI.create(dsn.strip()).getUserInfo().split(":", 2)[0];
  }

  /** The server's address, {@code https://HOST[:PORT][/PREFIX]}; of a text that was opened. */
  static String serverUrl(String dsn) {
    URI uri = URI.create(dsn.strip());
    String path = uri.getPath().replaceAll("/+$", "");
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return uri.getScheme()
        + "://"
        + uri.getHost()
        + port
        + path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }
}
