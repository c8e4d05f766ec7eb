package io.onlooker.server.api;

import io.onlooker.server.cost.Prices;
import io.onlooker.server.http.Request;
import io.onlooker.server.http.Routes;
import io.onlooker.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.ToIntFunction;

/**
 * The paths below {@code /api/v1} that read spans, traces, sessions, conversations, their figures
 * and prices.
 */
public final class Api {

  /** Sooner than what stands between closes connections that are silent. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private final Store store;
  private final Prices prices;
  private final ToIntFunction<Request> projectOf;
  private final InstantSource clock;
  private final LiveFeed live;

  /**
   * Reads from this store.
   *
   * @param projectOf whose data a request may read; throws {@link
   *     io.onlooker.server.http.HttpProblem} when it may read none
   * @param clock what a range without an end ends at
   * @param live what was kept a moment ago
   */
  public Api(
      Store store,
      Prices prices,
      ToIntFunction<Request> projectOf,
      InstantSource clock,
      LiveFeed live) {
    this.live = live;
    this.store = store;
    this.prices = prices;
    this.projectOf = projectOf;
    this.clock = clock;
  }

  public void addTo(Routes routes) {
    TraceReads traces = new TraceReads(store, projectOf);
    routes.get("/api/v1/traces/{traceId}", traces::spans);
    routes.get("/api/v1/logs", traces::notes);

    routes.get("/api/v1/spans", new SpanReads(store, projectOf, clock)::list);

    routes.get("/api/v1/attributes", new AttributeReads(store, projectOf, clock)::list);

    SessionReads sessions = new SessionReads(store, projectOf, clock);
    routes.get("/api/v1/sessions", sessions::list);
    routes.get("/api/v1/sessions/{id}", sessions::one);

    ConversationReads conversations = new ConversationReads(store, projectOf, clock);
    routes.get("/api/v1/conversations", conversations::list);
    routes.get("/api/v1/conversations/{id}", conversations::one);

    routes.events("/api/v1/live", new LiveReads(live, store, projectOf, HEARTBEAT)::listen);

    routes.post("/api/v1/query", new QueryReads(store, projectOf, clock)::answer);

    PriceReads priceReads = new PriceReads(prices, projectOf);
    routes.get("/api/v1/prices/lookup", priceReads::lookup);
    routes.post("/api/v1/prices/cost", priceReads::cost);
    routes.get("/api/v1/sessions/{id}/cost", new CostReads(store, prices, projectOf)::session);
  }
}
