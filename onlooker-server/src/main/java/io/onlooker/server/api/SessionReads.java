package io.onlooker.server.api;

import io.onlooker.Attributes;
import io.onlooker.SpanData;
import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import io.onlooker.server.read.Step;
import io.onlooker.server.read.Steps;
import io.onlooker.store.Filter;
import io.onlooker.store.Session;
import io.onlooker.store.SessionPage;
import io.onlooker.store.SessionQuery;
import io.onlooker.store.Store;
import io.onlooker.store.query.QueryParser;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToIntFunction;

/** Lists sessions, and reads one with its events. */
record SessionReads(Store store, ToIntFunction<Request> projectOf, InstantSource clock) {

  private static final int USUAL = 50;
  private static final String ORDERS =
      "started, duration, tokens or cost, with a minus for largest first";

  Response list(Request request) {
    int project = projectOf.applyAsInt(request);
    Parameters parameters = new Parameters(request);
    Filter filter = Problem.reading("q", () -> QueryParser.parseSessions(parameters.q()));
    TimeRange range = parameters.range(clock.instant());
    String sort = Objects.requireNonNullElse(parameters.text("sort"), "-started");
    SessionQuery query =
        new SessionQuery(
            project,
            filter,
            range.from(),
            range.to(),
            order(sort),
            sort.startsWith("-"),
            parameters.limit(USUAL),
            parameters.text("cursor"));
    SessionPage page = Problem.paging(query.cursor(), () -> store.sessions(query));
    return JsonOut.object(out ->
        out.objects("sessions", page.sessions(), new SessionJson(out)::members)
            .text("cursor", page.cursor()));
  }

  Response one(Request request) {
    int project = projectOf.applyAsInt(request);
    String id = request.route("id");
    Session session = Problem.asking(() -> store.session(project, id));
    if (session == null) {
      throw Problem.notFound("id", id);
    }
    List<SpanData> spans = Problem.asking(() -> store.trace(project, session.traceId()));
    List<Step> events = Steps.story(Steps.ofRun(spans, session.rootSpanId()));
    Attributes attributes =
        spans.stream()
            .filter(span -> span.spanId().equals(session.rootSpanId()))
            .findFirst()
            .map(SpanData::attributes)
            .orElse(Attributes.EMPTY);
    return JsonOut.object(out -> {
      SessionJson json = new SessionJson(out);
      json.members(session);
      out.attributes("attributes", attributes);
      out.objects("events", events, json::event);
      ScoreJson.write(out, ScoreJson.of(store, session));
    });
  }

  private static SessionQuery.Order order(String sort) {
    String name = (sort.startsWith("-") ? sort.substring(1) : sort).toUpperCase(Locale.ROOT);
    for (SessionQuery.Order order : SessionQuery.Order.values()) {
      if (order.name().equals(name)) {
        return order;
      }
    }
    throw Problem.badParameter("sort", sort, ORDERS);
  }
}
