package io.onlooker.server.ingest;

import io.onlooker.server.access.Access;
import io.onlooker.server.cost.Pricing;
import io.onlooker.server.http.Handler;
import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import io.onlooker.server.http.Routes;
import io.onlooker.store.Batch;
import io.onlooker.store.Store;
import java.time.Clock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All the ways in, put together. */
public final class IngestRoutes {

  private final SentryEndpoints sentry;
  private final OtlpEndpoints otlp;
  private final OtlpGrpc otlpGrpc;
  private final SessionEndpoints sessions;
  private final ScoreEndpoints scores;
  private final KeyCheck keys;
  private final Doorway doorway;

  /**
   * @param kept sees every batch that was kept; must return at once and never throw
   */
  public IngestRoutes(
      Access access,
      Store store,
      Pricing pricing,
      Limits limits,
      Counters counters,
      Clock clock,
      Consumer<Batch> kept) {
    keys = new KeyCheck(access);
    Compression compression = new Compression(limits.inflatedBytes());
    ScoreBook scores = new ScoreBook(store);
    Ingest ingest = new Ingest(store, pricing, scores, limits, counters, clock, kept);
    doorway = new Doorway(counters);
    this.scores = new ScoreEndpoints(keys, scores, ingest, clock);
    sentry =
        new SentryEndpoints(keys, compression, ingest, doorway, new SentryProtocol(limits.items()));
    otlp = new OtlpEndpoints(keys, compression, ingest, doorway, limits.items());
    otlpGrpc = new OtlpGrpc(keys, ingest, doorway, limits.items());
    SessionLedger ledger = new SessionLedger(ingest, store, clock);
    sessions = new SessionEndpoints(keys, compression, ledger, doorway, limits.items());
  }

  public void addTo(Routes routes) {
    sentry.addTo(routes);
    otlp.addTo(routes);
    otlpGrpc.addTo(routes);
    sessions.addTo(routes);
    scores.addTo(routes, doorway);
  }

  /** Lets senders, browsers of any site among them, ask with GET. */
  public void openToSenders(Routes routes, String path, Handler handler) {
    doorway.open(routes, "GET", path, "config", handler);
  }

  /**
   * The project that a sender's key opens.
   *
   * @throws io.onlooker.server.http.HttpProblem 401 when nobody we know asks, 403 when it may not
   */
  public int projectOf(Request request) {
    return keys.project(request);
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
