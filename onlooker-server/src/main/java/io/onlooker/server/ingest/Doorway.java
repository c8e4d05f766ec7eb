package io.onlooker.server.ingest;

import io.onlooker.server.http.Handler;
import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import io.onlooker.server.http.Routes;

/**
 * What all ways in have in common: browsers of any site may send, and every answer is counted and
 * says what was kept.
 */
final class Doorway {

  private final Counters counters;
  private final Runnable afterwards;

  /**
   * @param afterwards runs on a request's thread when its answer is known
   */
  Doorway(Counters counters, Runnable afterwards) {
    this.counters = counters;
    this.afterwards = afterwards;
  }

  /** Opens a path to POST and to the question that browsers ask before. */
  void open(Routes routes, String path, String dialect, Handler handler) {
    open(routes, "POST", path, dialect, handler);
  }

  /** The same for another method than POST. */
  void open(Routes routes, String method, String path, String dialect, Handler handler) {
    routes.on(method, path, request -> answer(dialect, handler, request));
    routes.on("OPTIONS", path, Doorway::preflight);
  }

  /** Answers and counts; a problem becomes an answer here, so that browsers can read it. */
  Response answer(String dialect, Handler handler, Request request) {
    Response response;
    try {
      response = handler.handle(request);
    } catch (HttpProblem problem) {
      response = problem.response().with("x-sentry-error", printable(problem.detail()));
    } finally {
      afterwards.run();
    }
    count(dialect, response.status());
    return readable(response);
  }

  /** Counts a request by what it was answered. */
  void count(String dialect, int status) {
    counters.add(
        "onlooker_ingest_requests_total",
        1,
        "protocol",
        dialect,
        "status",
        Integer.toString(status));
  }

  /** Allows whatever headers are asked for: clients add their own. */
  static Response preflight(Request request) {
    String asked = request.header("access-control-request-headers");
    Response response =
        readable(Response.json(200, ""))
            .with("access-control-allow-methods", "GET, POST, PATCH, OPTIONS")
            .with("access-control-max-age", "86400");
    return asked == null
        ? response
        : response.with("access-control-allow-headers", printable(asked));
  }

  static Response told(Response response, Ingest.Outcome outcome) {
    Response told = told(response, outcome.accepted(), outcome.drops().total());
    String limits = outcome.rateLimits();
    return limits == null ? told : told.with("x-sentry-rate-limits", limits);
  }

  static Response told(Response response, int accepted, long dropped) {
    return response
        .with("x-onlooker-accepted", Integer.toString(accepted))
        .with("x-onlooker-dropped", Long.toString(dropped));
  }

  private static Response readable(Response response) {
    return response
        .with("access-control-allow-origin", "*")
        .with(
            "access-control-expose-headers",
            "x-sentry-error, retry-after, x-sentry-rate-limits, x-onlooker-accepted,"
                + " x-onlooker-dropped");
  }

  /** As a header can carry it. */
  private static String printable(String text) {
    return text.replaceAll("[^\\x20-\\x7e]", "?");
  }
}
