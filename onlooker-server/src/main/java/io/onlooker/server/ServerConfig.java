package io.onlooker.server;

import io.onlooker.store.embedded.StoreConfig.Retention;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * How a server runs; start from {@link #of(Path)} and change what differs.
 *
 * @param host the address it binds; {@code 127.0.0.1} lets only this machine in
 * @param port 0 takes any free one
 * @param data the folder that holds everything it keeps; made when missing
 * @param otlpPorts whether the standard OTLP ports 4317 and 4318 are opened too, on loopback
 * @param maxBodyBytes the largest request body as sent
 * @param maxInflatedBytes the largest request body after decompression
 * @param dsnKey an ingest key of project 1 chosen by the operator, or null
 * @param token an admin token chosen by the operator, or null
 * @param retention how long spans are kept
 * @param copyBytes of the disk that the newest spans may take a second time, so that their traces
 *     are read fast; 0 for none
 */
public record ServerConfig(
    String host,
    int port,
    Path data,
    boolean otlpPorts,
    long maxBodyBytes,
    int maxInflatedBytes,
    @Nullable String dsnKey,
    @Nullable String token,
    Retention retention,
    long copyBytes,
    Clock clock) {

  public static final int DEFAULT_PORT = 8600;

  static final long DEFAULT_COPY_BYTES = 2L << 30;

  private static final int MEBI = 1024 * 1024;

  /** On the usual port of this machine only. */
  public static ServerConfig of(Path data) {
    return new ServerConfig(
        "127.0.0.1",
        DEFAULT_PORT,
        data,
        true,
        32 * MEBI,
        64 * MEBI,
        null,
        null,
        Retention.FOREVER,
        DEFAULT_COPY_BYTES,
        Clock.systemUTC());
  }

  public ServerConfig withAddress(String host, int port) {
    return new ServerConfig(
        host,
        port,
        data,
        otlpPorts,
        maxBodyBytes,
        maxInflatedBytes,
        dsnKey,
        token,
        retention,
        copyBytes,
        clock);
  }

  public ServerConfig withOtlpPorts(boolean open) {
    return new ServerConfig(
        host,
        port,
        data,
        open,
        maxBodyBytes,
        maxInflatedBytes,
        dsnKey,
        token,
        retention,
        copyBytes,
        clock);
  }

  public ServerConfig withLimits(long body, int inflated) {
    return new ServerConfig(
        host, port, data, otlpPorts, body, inflated, dsnKey, token, retention, copyBytes, clock);
  }

  public ServerConfig withKeys(@Nullable String dsnKey, @Nullable String token) {
    return new ServerConfig(
        host,
        port,
        data,
        otlpPorts,
        maxBodyBytes,
        maxInflatedBytes,
        dsnKey,
        token,
        retention,
        copyBytes,
        clock);
  }

  public ServerConfig withRetention(Retention changed) {
    return new ServerConfig(
        host,
        port,
        data,
        otlpPorts,
        maxBodyBytes,
        maxInflatedBytes,
        dsnKey,
        token,
        changed,
        copyBytes,
        clock);
  }

  public ServerConfig withCopies(long bytes) {
    return new ServerConfig(
        host,
        port,
        data,
        otlpPorts,
        maxBodyBytes,
        maxInflatedBytes,
        dsnKey,
        token,
        retention,
        bytes,
        clock);
  }

  public ServerConfig withClock(Clock changed) {
    return new ServerConfig(
        host,
        port,
        data,
        otlpPorts,
        maxBodyBytes,
        maxInflatedBytes,
        dsnKey,
        token,
        retention,
        copyBytes,
        changed);
  }
}
