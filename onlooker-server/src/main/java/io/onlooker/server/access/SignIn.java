package io.onlooker.server.access;

import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import io.onlooker.server.http.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Signs browsers in by a one-time link, and out again. */
public final class SignIn {

  private final Access access;
  private final byte[] page;

  public SignIn(Access access) {
    this.access = access;
    try (InputStream in = SignIn.class.getResourceAsStream("sign-in.html")) {
      if (in == null) {
        throw new IllegalStateException("sign-in.html: missing (expected: in the jar)");
      }
      this.page = in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
    int status = token == null ? 200 : 403;
    return Response.of(status, "text/html; charset=utf-8", page).with("cache-control", "no-store");
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
