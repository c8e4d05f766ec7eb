package io.onlooker.server.http;

import java.util.ArrayList;
import java.util.List;

/**
 * Which handler answers which path: collected once at start, then given to the server.
 *
 * <p>A path part {@code {name}} matches one segment.
 */
public final class Routes {

  private final List<Route> all = new ArrayList<>();

  public Routes get(String path, Handler handler) {
    return on("GET", path, handler);
  }

  public Routes post(String path, Handler handler) {
    return on("POST", path, handler);
  }

  public Routes on(String method, String path, Handler handler) {
    all.add(new Route(method, path, handler));
    return this;
  }

  List<Route> all() {
    return List.copyOf(all);
  }

  record Route(String method, String path, Handler handler) {}
}
