package io.onlooker.server.ingest;

import io.onlooker.server.access.Access;
import io.onlooker.server.cost.Pricing;
import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import io.onlooker.server.http.Routes;
import io.onlooker.store.Store;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** All the ways in, put together. */
public final class IngestRoutes {

  private final SentryEndpoints sentry;
  private final OtlpEndpoints otlp;
  private final OtlpGrpc otlpGrpc;

  public IngestRoutes(
      Access access, Store store, Pricing pricing, Limits limits, Counters counters, Clock clock) {
    KeyCheck keys = new KeyCheck(access);
    Compression compression = new Compression(limits.inflatedBytes());
    Ingest ingest = new Ingest(store, pricing, limits, counters, clock);
    Doorway doorway = new Doorway(counters);
    sentry =
        new SentryEndpoints(keys, compression, ingest, doorway, new SentryProtocol(limits.items()));
    otlp = new OtlpEndpoints(keys, compression, ingest, doorway, limits.items());
    otlpGrpc = new OtlpGrpc(keys, ingest, doorway, limits.items());
  }

  public void addTo(Routes routes) {
    sentry.addTo(routes);
    otlp.addTo(routes);
    otlpGrpc.addTo(routes);
  }

  /**
   * Answers a request at a path of nobody's if it is an envelope on its way through a tunnel.
   *
   * @return null when it is something else
   */
  public @Nullable Response tunnel(Request request) {
    return sentry.tunnel(request);
  }
}
