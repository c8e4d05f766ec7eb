package io.onlooker.server.api;

import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import io.onlooker.server.read.Period;
import io.onlooker.server.read.Rollups;
import io.onlooker.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists the models that were called but whose cost is not known, and why. */
record MissingPrices(Store store, Rights rights, InstantSource clock) {

  private static final int USUAL = 100;

  Response list(Request request) {
    int project = rights.readable(request);
    Parameters parameters = new Parameters(request);
    TimeRange range = parameters.range(clock.instant());
    int limit = parameters.limit(USUAL);
    List<List<@Nullable Object>> rows =
        Problem.asking(() ->
            new Rollups(store, project)
                .asked(
                    "has:onlooker.cost.missing",
                    new Period(range.from(), range.to()),
                    List.of(
                        "gen_ai.provider.name", "gen_ai.request.model", "onlooker.cost.missing"),
                    limit,
                    "count()",
                    "sum(gen_ai.usage.total_tokens)",
                    "min(timestamp)",
                    "max(timestamp)"));
    return JsonOut.object(out ->
        out.objects(
            "missing",
            rows,
            row ->
                out.value("provider", row.get(0))
                    .value("model", row.get(1))
                    .value("reason", row.get(2))
                    .value("calls", row.get(3))
                    .value("tokens", row.get(4))
                    .text("first_seen", time(row.get(5)))
                    .text("last_seen", time(row.get(6)))));
  }

  private static @Nullable String time(@Nullable Object millis) {
    return millis instanceof Number number
        ? Instant.ofEpochMilli(number.longValue()).toString()
        : null;
  }
}
