package io.onlooker.server.http;

import java.time.Duration;
import java.util.List;

/**
 * How the server listens.
 *
 * @param host the address it binds, {@code 127.0.0.1} for this machine only
 * @param port 0 takes any free one
 * @param loopbackPorts further ports, bound on loopback; one that is taken is left out
 * @param maxBodyBytes the largest request body as sent; larger ones are answered 413
 * @param maxMessageBytes the largest gRPC message, inflated; larger ones are refused
 * @param requestTimeout how long a request may take to arrive and be answered
 * @param drain how long open requests may take to finish when the server stops
 */
public record HttpSettings(
    String host,
    int port,
    List<Integer> loopbackPorts,
    long maxBodyBytes,
    int maxMessageBytes,
    Duration requestTimeout,
    Duration drain) {

  public HttpSettings {
    loopbackPorts = List.copyOf(loopbackPorts);
  }
}
