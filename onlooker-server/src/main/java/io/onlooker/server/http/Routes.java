package io.onlooker.server.http;

import io.grpc.MethodDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which handler answers which path: collected once at start, then given to the server.
 *
 * <p>A path part {@code {name}} matches one segment. GET routes answer HEAD too.
 */
public final class Routes {

  private final List<Route> all = new ArrayList<>();
  private final List<EventRoute> events = new ArrayList<>();
  private final List<DownloadRoute> downloads = new ArrayList<>();
  private final List<Unary<?, ?>> unary = new ArrayList<>();
  private Handler otherwise =
      request -> {
        throw new HttpProblem(
            404, "Not found", "path: " + request.path() + " (expected: a path of this server)");
      };

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

  /** Answers GET with a stream of events that stays open. */
  public Routes events(String path, EventHandler handler) {
    events.add(new EventRoute(path, handler));
    return this;
  }

  /** Answers GET with a file that is written while it is sent. */
  public Routes download(String path, DownloadHandler handler) {
    downloads.add(new DownloadRoute(path, handler));
    return this;
  }

  /** Answers a gRPC method of one message each way, on the same port. */
  public <Q, A> Routes unary(MethodDescriptor<Q, A> method, UnaryHandler<Q, A> handler) {
    unary.add(new Unary<>(method, handler));
    return this;
  }

  /** Answers what no route matches; without it that is a problem with status 404. */
  public Routes otherwise(Handler handler) {
    otherwise = handler;
    return this;
  }

  List<Route> all() {
    return List.copyOf(all);
  }

  List<EventRoute> events() {
    return List.copyOf(events);
  }

  List<DownloadRoute> downloads() {
    return List.copyOf(downloads);
  }

  List<Unary<?, ?>> unary() {
    return List.copyOf(unary);
  }

  /** Answers a request that matched no route: 405 when only its method is wrong. */
  Response answerOther(Request request) {
    Set<String> allowed = methodsOf(request.path());
    if (allowed.isEmpty()) {
      return otherwise.handle(request);
    }
    String expected = String.join(", ", allowed);
    throw new HttpProblem(
            405,
            "Method not allowed",
            "method: " + request.method() + " (expected: " + expected + ")")
        .with("allow", expected);
  }

  private Set<String> methodsOf(String path) {
    Set<String> methods = new TreeSet<>();
    for (Route route : all) {
      if (matches(route.path(), path)) {
        methods.add(route.method());
      }
    }
    if (events.stream().anyMatch(route -> matches(route.path(), path))
        || downloads.stream().anyMatch(route -> matches(route.path(), path))) {
      methods.add("GET");
    }
    return methods;
  }

  private static boolean matches(String route, String path) {
    String[] wanted = route.split("/", -1);
    String[] given = path.split("/", -1);
    if (wanted.length != given.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      boolean any = NAMED.matcher(wanted[i]).matches() && !given[i].isEmpty();
      if (!any && !wanted[i].equals(given[i])) {
        return false;
      }
    }
    return true;
  }

  private static final Pattern NAMED = Pattern.compile("\\{[^{}]+}");

  record Route(String method, String path, Handler handler) {}

  record EventRoute(String path, EventHandler handler) {}

  record DownloadRoute(String path, DownloadHandler handler) {}

  record Unary<Q, A>(MethodDescriptor<Q, A> method, UnaryHandler<Q, A> handler) {}
}
