package io.onlooker.server.api;

import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import io.onlooker.store.AttributeCatalog;
import io.onlooker.store.AttributeQuery;
import io.onlooker.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.ToIntFunction;

/** Lists the attributes that spans have, for completion. */
record AttributeReads(Store store, ToIntFunction<Request> projectOf, InstantSource clock) {

  private static final int USUAL = 200;

  Response list(Request request) {
    int project = projectOf.applyAsInt(request);
    Parameters parameters = new Parameters(request);
    Instant now = clock.instant();
    TimeRange range = parameters.range(now);
    AttributeQuery query =
        new AttributeQuery(
            project, parameters.q(), range.from(), range.to(), parameters.limit(USUAL));
    AttributeCatalog catalog = Problem.asking(() -> store.attributes(query));
    return JsonOut.object(out ->
        out.objects("attributes", catalog.attributes(), entry -> entry(out, catalog, entry))
            .number("sampled_spans", catalog.sampled())
            .number("more", catalog.more()));
  }

  private static void entry(JsonOut out, AttributeCatalog catalog, AttributeCatalog.Entry entry) {
    double coverage = catalog.sampled() == 0 ? 0 : (double) entry.spans() / catalog.sampled();
    out.text("key", entry.key())
        .value(
            "kinds",
            entry.kinds().stream()
                .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                .sorted()
                .toList())
        .number("coverage", coverage)
        .objects(
            "top",
            entry.top(),
            value -> out.value("value", value.value()).number("spans", value.spans()));
  }
}
