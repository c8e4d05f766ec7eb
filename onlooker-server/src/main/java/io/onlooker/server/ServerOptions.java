package io.onlooker.server;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that starts a server. */
@SuppressWarnings("NullAway.Init")
final class ServerOptions {

  enum Switch {
    ON,
    OFF
  }

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "Address to bind (${DEFAULT-VALUE}).")
  private String host;

  @Option(
      names = "--port",
      defaultValue = "8600",
      description = "Port; 0 picks a free one (${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--otlp-ports",
      defaultValue = "on",
      description = "Open 4317 and 4318 on loopback too: on or off (${DEFAULT-VALUE}).")
  private Switch otlpPorts;

  @Option(
      names = "--max-body-bytes",
      defaultValue = "33554432",
      description = "Largest request body as sent (${DEFAULT-VALUE}).")
  private long maxBodyBytes;

  @Option(
      names = "--max-inflated-bytes",
      defaultValue = "67108864",
      description = "Largest request body after decompression (${DEFAULT-VALUE}).")
  private int maxInflatedBytes;

  @Option(
      names = "--bootstrap-dsn-key",
      description = "An ingest key of project 1; better in ONLOOKER_BOOTSTRAP_DSN_KEY.")
  private @Nullable String dsnKey;

  @Option(
      names = "--bootstrap-token",
      description = "An admin token; better in ONLOOKER_BOOTSTRAP_TOKEN.")
  private @Nullable String token;

  @Option(
      names = "--retention",
      description = "How long spans are kept: 90d, or 90d,2=7d for project 2; for ever without.")
  private @Nullable String retention;

  @Option(
      names = "--copy-bytes",
      defaultValue = "" + ServerConfig.DEFAULT_COPY_BYTES,
      description =
          "Disk that the newest spans may take a second time, so that their traces are read fast;"
              + " 0 for none (${DEFAULT-VALUE}).")
  private long copyBytes;

  /** Declared to be explained and accepted; {@link SettingsSource} reads it before the others. */
  @SuppressWarnings("UnusedVariable")
  @Option(
      names = "--config",
      description = "A file of settings, one NAME = VALUE on a line, named as the options.")
  private @Nullable Path config;

  ServerConfig over(Path data) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port: " + port + " (expected: 0 to 65535)");
    }
    if (copyBytes < 0) {
      throw new IllegalArgumentException("copy-bytes: " + copyBytes + " (expected: 0 or more)");
    }
    return ServerConfig.of(data)
        .withAddress(host, port)
        .withOtlpPorts(otlpPorts == Switch.ON)
        .withLimits(maxBodyBytes, maxInflatedBytes)
        .withKeys(dsnKey, token)
        .withRetention(KeepFor.parse(retention))
        .withCopies(copyBytes);
  }
}
