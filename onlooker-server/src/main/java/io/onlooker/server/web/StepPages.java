package io.onlooker.server.web;

import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import io.onlooker.server.http.Routes;
import tools.jackson.databind.json.JsonMapper;

/** What the pages of sessions and traces ask for after they are there. */
final class StepPages {

  private static final JsonMapper JSON = new JsonMapper();

  private final Pages pages;
  private final OneSessionPage session;
  private final TracePage trace;

  StepPages(Pages pages, OneSessionPage session, TracePage trace) {
    this.pages = pages;
    this.session = session;
    this.trace = trace;
  }

  void addTo(Routes routes) {
    routes
        .get("/p/{project}/sessions/{sessionId}/rows", pages.page(this::rowsOfSession))
        .get("/p/{project}/traces/{traceId}/rows", pages.page(this::rowsOfTrace))
        .get("/p/{project}/traces/{traceId}/steps/{spanId}", pages.page(this::step))
        .get("/p/{project}/traces/{traceId}/steps/{spanId}/text", pages.page(this::text))
        .get("/p/{project}/traces/{traceId}/steps/{spanId}/media", pages.page(this::media))
        .get("/p/{project}/traces/{traceId}/steps/{spanId}/read", pages.page(this::read));
  }

  private Response rowsOfSession(Request request, Pages.Visit visit) {
    String id = request.route("sessionId");
    StepAsk ask = StepAsk.of(request, visit.frame().links().session(id));
    return json(session.rows(visit.frame(), visit.project(), id, ask));
  }

  private Response rowsOfTrace(Request request, Pages.Visit visit) {
    String id = request.route("traceId");
    StepAsk ask = StepAsk.of(request, visit.frame().links().trace(id));
    return json(trace.rows(visit.frame(), visit.project(), id, ask));
  }

  private Response step(Request request, Pages.Visit visit) {
    String id = request.route("traceId");
    String span = request.route("spanId");
    String after = request.parameter("after");
    return pages.show(200, "step", trace.step(visit.frame(), visit.project(), id, span, after));
  }

  private Response text(Request request, Pages.Visit visit) {
    String id = request.route("traceId");
    String span = request.route("spanId");
    String attribute = request.parameter("attribute");
    return attribute == null
        ? trace.text(visit.project(), id, span, part(request))
        : trace.attribute(visit.project(), id, span, attribute);
  }

  private Response read(Request request, Pages.Visit visit) {
    String id = request.route("traceId");
    String span = request.route("spanId");
    int from = number(request, "from");
    return pages.show(
        200, "read", trace.read(visit.frame(), visit.project(), id, span, part(request), from));
  }

  private Response media(Request request, Pages.Visit visit) {
    return trace.media(
        visit.project(),
        request.route("traceId"),
        request.route("spanId"),
        part(request),
        number(request, "n"));
  }

  private static int number(Request request, String name) {
    String number = request.parameter(name);
    return number == null || !number.matches("[0-9]{1,9}") ? 0 : Integer.parseInt(number);
  }

  private static String part(Request request) {
    String part = request.parameter("part");
    return part == null ? "" : part;
  }

  private static Response json(StepRows rows) {
    return Response.of(200, "application/json", JSON.writeValueAsBytes(rows))
        .with("content-security-policy", "default-src 'none'")
        .with("x-content-type-options", "nosniff")
        .with("cache-control", "no-cache, private");
  }
}
