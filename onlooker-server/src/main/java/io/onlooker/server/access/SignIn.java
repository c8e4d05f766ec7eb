package io.onlooker.server.access;

import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import io.onlooker.server.http.Routes;
import org.jspecify.annotations.Nullable;

/** Signs browsers in by a one-time link, and out again. */
public final class SignIn {

  private final Access access;
  private final Page page;

  public SignIn(Access access, Page page) {
    this.access = access;
    this.page = page;
  }

  /** Shows the page that asks who is there. */
  public interface Page {

    /**
     * The page.
     *
     * @param next where to go afterwards
     * @param problem why signing in failed, or null
     */
    Response show(Request request, int status, String next, @Nullable String problem);
  }

  public void addTo(Routes routes) {
    routes.get("/sign-in", this::show).post("/sign-out", this::leave);
  }

  private Response show(Request request) {
    String token = request.parameter("token");
    String cookie = token == null ? null : access.signIn(token);
    if (cookie != null) {
      return Response.seeOther(next(request.parameter("next"))).with("set-cookie", cookie);
    }
    String next = next(request.parameter("next"));
    return token == null
        ? page.show(request, 200, next, null)
        : page.show(request, 403, next, "This link was used already, or is older than a day.");
  }

  private Response leave(Request request) {
    access.requireFormToken(request, formField(request, "token"));
    return Response.seeOther("/sign-in").with("set-cookie", access.signOut());
  }

  /** Only a path of this server: a link must not lead elsewhere. */
  private static String next(@Nullable String path) {
    boolean ours = path != null && path.matches("/[A-Za-z0-9/_.~-]*") && !path.startsWith("//");
    return ours && path != null ? path : "/";
  }

  private static @Nullable String formField(Request request, String name) {
    String body = new String(request.body(), java.nio.charset.StandardCharsets.UTF_8);
    for (String pair : body.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return pair.substring(name.length() + 1);
      }
    }
    return null;
  }
}
