package io.onlooker.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import io.onlooker.server.http.Routes;
import io.onlooker.server.ingest.Counters;
import io.onlooker.store.Store;
import io.onlooker.store.StoreException;

/** What operators and their tools ask: is it up, is it ready, what has it counted. */
final class Operation {

  private final Store store;
  private final Counters counters;

  Operation(Store store, Counters counters) {
    this.store = store;
    this.counters = counters;
    counters.gauge("onlooker_store_spans", () -> store.stats().spans());
    counters.gauge("onlooker_store_hot_spans", () -> store.stats().hotSpans());
    counters.gauge("onlooker_store_segments", () -> store.stats().segments());
    counters.gauge("onlooker_store_segment_bytes", () -> store.stats().segmentBytes());
    counters.gauge("onlooker_store_copy_bytes", () -> store.stats().copyBytes());
    counters.gauge("onlooker_store_log_bytes", () -> store.stats().logBytes());
    counters.gauge("onlooker_store_damaged_log_bytes", () -> store.stats().damagedLogBytes());
    counters.gauge("onlooker_store_merges", () -> store.stats().upkeep().merges());
    counters.gauge(
        "onlooker_store_expired_segments", () -> store.stats().upkeep().expiredSegments());
    counters.gauge("onlooker_store_dropped_spans", () -> store.stats().upkeep().droppedSpans());
    counters.gauge("onlooker_store_upkeep_failures", () -> store.stats().upkeep().failures());
  }

  void addTo(Routes routes) {
    routes
        .get("/healthz", _ -> Response.json(200, "{\"status\":\"ok\"}"))
        .get("/readyz", this::ready)
        .get("/metrics", this::metrics);
  }

  private Response ready(Request request) {
    try {
      store.stats();
      return Response.json(200, "{\"status\":\"ready\"}");
    } catch (StoreException _) {
      return Response.json(503, "{\"status\":\"store not ready\"}").with("retry-after", "1");
    }
  }

  private Response metrics(Request request) {
    byte[] text = counters.text().getBytes(UTF_8);
    return Response.of(200, "text/plain; version=0.0.4; charset=utf-8", text);
  }
}
