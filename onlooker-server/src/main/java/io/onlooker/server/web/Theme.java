package io.onlooker.server.web;

import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;

/** Remembers light or dark for a browser without scripts, and goes back to where it was. */
final class Theme {

  private static final int YEAR = 31_536_000;

  private Theme() {}

  static Response change(Request request) {
    String theme = request.route("theme");
    boolean known = theme.equals("light") || theme.equals("dark");
    String cookie = "theme=" + (known ? theme : "") + "; Path=/; SameSite=Lax; Max-Age=";
    return Response.seeOther(Links.local(request.parameter("back")))
        .with("set-cookie", cookie + (known ? YEAR : 0));
  }
}
