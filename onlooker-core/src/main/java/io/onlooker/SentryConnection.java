package io.onlooker;

import io.onlooker.export.SentryExporter;
import java.net.URI;

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

  /** The key that may send, which travels with a trace; of a text that was opened. */
  static String publicKey(String dsn) {
    return URI.create(dsn.strip()).getUserInfo().split(":", 2)[0];
  }
}
