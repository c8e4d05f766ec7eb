package io.onlooker.server.access;

import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import io.onlooker.server.http.Routes;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Signs browsers in by a one-time link or a name and a password, and out again. */
public final class SignIn {

  /** Of visible ASCII; a second slash or a backslash at its start would name another host. */
  private static final Pattern OURS = Pattern.compile("/(?![/\\\\])[\\x21-\\x5B\\x5D-\\x7E]*");

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
    routes.get("/sign-in", this::show).post("/sign-in", this::enter).post("/sign-out", this::leave);
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

  /** Another site's form would sign a browser in as somebody else; it says where it comes from. */
  private Response enter(Request request) {
    Access.refuseForeignPage(request);
    String next = next(field(request, "next"));
    String name = field(request, "name");
    String password = field(request, "password");
    return switch (access.people().tried(name, password)) {
      case SIGNED_IN -> Response.seeOther(next).with("set-cookie", access.signInAs(name));
      case WRONG -> page.show(request, 403, next, "This name and this password do not fit.");
      case TOO_OFTEN ->
          page.show(
              request, 429, next, "Too many tries with this name: wait a quarter of an hour.");
    };
  }

  private Response leave(Request request) {
    access.requireFormToken(request, field(request, "token"));
    return Response.seeOther("/sign-in").with("set-cookie", access.signOut());
  }

  /** Only an address of this server: a link must not lead elsewhere. */
  private static String next(@Nullable String path) {
    return path != null && OURS.matcher(path).matches() ? path : "/";
  }

  /** Empty when the form does not have it. */
  private static String field(Request request, String name) {
    String body = new String(request.body(), StandardCharsets.UTF_8);
    for (String pair : body.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return decoded(pair.substring(name.length() + 1));
      }
    }
    return "";
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new HttpProblem(
          400,
          "Bad form",
          "form: a percent sign that begins nothing (expected: two digits behind it)");
    }
  }
}
