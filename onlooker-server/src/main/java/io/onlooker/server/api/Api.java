package io.onlooker.server.api;

import io.onlooker.server.cost.Prices;
import io.onlooker.server.http.Request;
import io.onlooker.server.http.Routes;
import io.onlooker.server.read.Rollup;
import io.onlooker.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/**
 * The paths below {@code /api/v1} that read spans, traces, sessions, conversations, their figures
 * and prices.
 */
public final class Api {

  /** Sooner than what stands between closes connections that are silent. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private final Store store;
  private final IntFunction<Prices> prices;
  private final ToIntFunction<Request> projectOf;
  private final Rights rights;
  private final InstantSource clock;
  private final LiveFeed live;

  /**
   * Reads from this store.
   *
   * @param prices of each project
   * @param rights whose data a request may read and whose settings it may change
   * @param clock what a range without an end ends at
   * @param live what was kept a moment ago
   */
  public Api(
      Store store, IntFunction<Prices> prices, Rights rights, InstantSource clock, LiveFeed live) {
    this.live = live;
    this.store = store;
    this.prices = prices;
    this.projectOf = rights.reading();
    this.rights = rights;
    this.clock = clock;
  }

  public void addTo(Routes routes) {
    TraceReads traces = new TraceReads(store, projectOf);
    routes.get("/api/v1/traces/{traceId}", traces::spans);
    LogReads logs = new LogReads(store, rights, clock);
    // All that a trace says, errors too, is another question than which lines there are.
    routes.get(
        "/api/v1/logs",
        request -> request.parameter("trace") == null ? logs.list(request) : traces.notes(request));
    routes.get("/api/v1/logs/histogram", logs::histogram);

    routes.get("/api/v1/spans", new SpanReads(store, projectOf, clock)::list);

    routes.get("/api/v1/attributes", new AttributeReads(store, projectOf, clock)::list);

    SessionReads sessions = new SessionReads(store, projectOf, clock);
    routes.get("/api/v1/sessions", sessions::list);
    routes.get("/api/v1/sessions/{id}", sessions::one);

    GroupReads groups = new GroupReads(store, rights, clock);
    routes.get("/api/v1/conversations", groups::conversations);
    routes.get("/api/v1/conversations/{id}", groups::conversation);
    routes.get("/api/v1/users", groups::users);
    routes.get("/api/v1/users/{id}", groups::user);

    routes.events("/api/v1/live", new LiveReads(live, store, projectOf, HEARTBEAT)::listen);

    routes.post("/api/v1/query", new QueryReads(store, projectOf, clock)::answer);

    IssueReads issues = new IssueReads(store, rights, clock);
    routes.get("/api/v1/issues", issues::list);
    routes.get("/api/v1/issues/{id}", issues::one);
    routes.on("PUT", "/api/v1/issues/{id}", issues::change);
    routes.on("PATCH", "/api/v1/issues/{id}", issues::change);

    RollupReads rollups = new RollupReads(store, rights, clock);
    routes.get("/api/v1/agents", rollups::agents);
    routes.get("/api/v1/agents/{name}", rollups::agent);
    for (Rollup rollup : List.of(Rollup.MODELS, Rollup.TOOLS, Rollup.QUEUES, Rollup.MCP)) {
      routes.get("/api/v1/" + rollup.name(), request -> rollups.table(rollup, request));
      routes.get("/api/v1/" + rollup.name() + "/{name}", request -> rollups.one(rollup, request));
    }
    routes.get("/api/v1/overview", new OverviewReads(store, rights, clock)::read);

    PriceReads priceReads = new PriceReads(prices, projectOf);
    MissingPrices missing = new MissingPrices(store, rights, clock);
    routes.get("/api/v1/prices/missing", missing::list);
    routes.get("/api/v1/prices/lookup", priceReads::lookup);
    routes.post("/api/v1/prices/cost", priceReads::cost);
    routes.get("/api/v1/sessions/{id}/cost", new CostReads(store, prices, projectOf)::session);
  }
}
