package io.onlooker.server.api;

import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import io.onlooker.store.Filter;
import io.onlooker.store.SpanPage;
import io.onlooker.store.SpanQuery;
import io.onlooker.store.Store;
import io.onlooker.store.query.QueryParser;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.ToIntFunction;

/** Lists spans, newest first. */
record SpanReads(Store store, ToIntFunction<Request> projectOf, InstantSource clock) {

  private static final int USUAL = 100;

  Response list(Request request) {
    int project = projectOf.applyAsInt(request);
    Parameters parameters = new Parameters(request);
    Instant now = clock.instant();
    Filter filter = Problem.reading("q", () -> QueryParser.parse(parameters.q(), now));
    TimeRange range = parameters.range(now);
    SpanQuery query =
        new SpanQuery(
            project,
            filter,
            range.from(),
            range.to(),
            parameters.limit(USUAL),
            parameters.text("cursor"));
    SpanPage page = Problem.paging(query.cursor(), () -> store.spans(query));
    return JsonOut.object(out ->
        out.objects("spans", page.spans(), new SpanJson(out)::members)
            .text("cursor", page.cursor()));
  }
}
