package io.onlooker.server.web;

import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import io.onlooker.store.StoreException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a person why there is no page, what still works and where to go on. */
final class ProblemPage {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemPage.class);

  private static final Pattern OF_PROJECT = Pattern.compile("/p/([^/]+)(?:/.*)?");

  private final ProjectAccess access;
  private final Html html;
  private final Assets assets;
  private final InstantSource clock;

  ProblemPage(ProjectAccess access, Html html, Assets assets, InstantSource clock) {
    this.access = access;
    this.html = html;
    this.assets = assets;
    this.clock = clock;
  }

  /** Something in the request. */
  Response of(Request request, HttpProblem problem) {
    String hint =
        problem.status() == 403
            ? "Somebody who may change this project can let you: under Settings, People."
            : null;
    return page(
        request,
        problem.status(),
        problem.title(),
        String.valueOf(problem.getMessage()),
        hint,
        null);
  }

  /** Something in the store: it is busy, or was asked for too much. */
  Response of(Request request, StoreException e) {
    String id = noted(request.path(), e);
    boolean much = e.reason() == StoreException.Reason.LIMIT;
    String hint = "The other pages still work.";
    return page(
        request,
        much ? 422 : 503,
        much ? "This asks for too much at once" : "The store did not answer",
        String.valueOf(e.getMessage()),
        much ? "A shorter time or a narrower filter may do. " + hint : hint,
        id);
  }

  /** Something in the server; its log has the rest under the id. */
  Response of(Request request, RuntimeException e) {
    String id = id();
    LOG.error("{} {}", id, request.path(), e);
    return page(
        request,
        500,
        "This page could not be made",
        "The server ran into a fault of its own; what was received is safe.",
        "The other pages still work.",
        id);
  }

  private Response page(
      Request request,
      int status,
      String title,
      String detail,
      @Nullable String hint,
      @Nullable String id) {
    Frame frame = frame(request).titled(title, "");
    boolean narrower = status == 422;
    String shorter = narrower ? Links.withAll(path(request), Map.of("range", List.of("1h"))) : null;
    return html.page(
        status, "problem", new Problem(frame, title, detail, hint, frame.here(), shorter, id));
  }

  /** With the bar of the project, where this person may see it: the ways on. */
  private Frame frame(Request request) {
    Matcher path = OF_PROJECT.matcher(request.path());
    if (path.matches()) {
      try {
        access.project(request, path.group(1));
        return Frame.of(request, path.group(1), access.projects(request), clock.instant(), assets);
      } catch (HttpProblem _) {
        // Then the page says no more of it.
      }
    }
    return Frame.of(request, "", List.of(), clock.instant(), assets);
  }

  private static String path(Request request) {
    return Links.path(request.path());
  }

  /** The id under which the log tells what the store said. */
  static String noted(String what, StoreException e) {
    String id = id();
    LOG.warn("{} {}: {}", id, what, e.getMessage());
    return id;
  }

  private static String id() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
  }
}
