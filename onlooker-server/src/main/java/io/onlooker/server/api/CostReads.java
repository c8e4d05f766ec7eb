package io.onlooker.server.api;

import io.onlooker.server.cost.CallCost;
import io.onlooker.server.cost.Cost;
import io.onlooker.server.cost.ModelCall;
import io.onlooker.server.cost.PriceRow;
import io.onlooker.server.cost.Prices;
import io.onlooker.server.cost.TokenUsage;
import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import io.onlooker.server.read.Step;
import io.onlooker.server.read.Steps;
import io.onlooker.store.Session;
import io.onlooker.store.Store;
import io.onlooker.store.span.SpanKind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Explains what a session cost: call by call, with the price row and the sum that gives it. */
record CostReads(Store store, IntFunction<Prices> book, ToIntFunction<Request> projectOf) {

  /** A model call with the reason for its cost; no cost when nobody bills it. */
  private record Explained(Step step, @Nullable CallCost cost) {}

  Response session(Request request) {
    int project = projectOf.applyAsInt(request);
    Prices prices = book.apply(project);
    String id = request.route("id");
    Session session = Problem.asking(() -> store.session(project, id));
    if (session == null) {
      throw Problem.notFound("id", id);
    }
    List<Explained> calls =
        Steps.ofRun(
                Problem.asking(() -> store.trace(project, session.traceId())), session.rootSpanId())
            .stream()
            .filter(step -> step.kind() == SpanKind.MODEL)
            .map(step -> new Explained(step, CallCost.of(step.span(), prices)))
            .toList();
    return JsonOut.object(out ->
        out.text("id", session.id())
            .text("cost_usd", amount(session.cost().usd()))
            .flag("cost_is_lower_bound", session.cost().lowerBound())
            .number("calls_without_price", session.cost().unpriced())
            .text("price_table", prices.version())
            .objects("calls", calls, call -> call(out, call)));
  }

  private static void call(JsonOut out, Explained explained) {
    Step step = explained.step();
    CallCost cost = explained.cost();
    ModelCall call = cost == null ? null : cost.call();
    Cost table = cost == null ? null : cost.table();
    out.text("span_id", step.span().spanId())
        .time("at", step.span().startNanos())
        .text("provider", step.provider())
        .text("model", call == null ? step.model() : call.model())
        .text("cost_usd", amount(step.cost().usd()))
        .text("source", cost == null || cost.usd() == null ? null : source(cost))
        .text("table_cost_usd", table == null ? null : amount(table.usd()))
        .text("reported_cost_usd", cost == null ? null : amount(cost.reported()))
        .text("reason", cost == null ? "not billed" : cost.missing())
        .text("arithmetic", table == null ? null : table.arithmetic())
        .text("service_tier", call == null ? null : call.serviceTier())
        .object("usage", call == null ? null : call.usage(), usage -> usage(out, usage))
        .object("row", table == null ? null : table.row(), row -> row(out, row, table))
        .value("flags", table == null ? List.of() : table.flags());
  }

  private static String source(CallCost cost) {
    return cost.bySender() ? "reported" : "table";
  }

  private static void usage(JsonOut out, TokenUsage usage) {
    out.number("input_tokens", usage.inputTokens())
        .number("cached_input_tokens", usage.cachedInputTokens())
        .number("cache_write_tokens", usage.cacheWrites().untimed())
        .number("cache_write_5m_tokens", usage.cacheWrites().fiveMinutes())
        .number("cache_write_1h_tokens", usage.cacheWrites().oneHour())
        .number("output_tokens", usage.outputTokens())
        .number("reasoning_tokens", usage.reasoningTokens())
        .number("total_tokens", usage.totalTokens());
  }

  private static void row(JsonOut out, PriceRow row, @Nullable Cost table) {
    out.text("provider", row.provider())
        .text("model", row.model())
        .text("valid_from", Objects.toString(row.validFrom(), null))
        .text("valid_to", Objects.toString(row.validTo(), null))
        .text("tier", table == null ? null : table.tier())
        .value("sources", row.sources());
  }

  private static @Nullable String amount(@Nullable BigDecimal usd) {
    return usd == null ? null : Cost.plain(usd);
  }
}
