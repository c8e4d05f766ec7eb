package io.onlooker.server.web;

import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a person wants what was said shown: to read, exactly, or as the data it came in. */
enum ReadAs {
  READ,
  TEXT,
  JSON;

  private static final int YEAR = 31_536_000;

  static ReadAs of(@Nullable String cookie) {
    for (ReadAs one : values()) {
      if (one.word().equals(cookie)) {
        return one;
      }
    }
    return READ;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String label() {
    return this == JSON ? "JSON" : name().charAt(0) + word().substring(1);
  }

  /** Remembers it for a browser without scripts, and goes back to where it was. */
  static Response change(Request request) {
    ReadAs asked = of(request.route("as"));
    return Response.seeOther(Links.local(request.parameter("back")))
        .with("set-cookie", "reader=" + asked.word() + "; Path=/; SameSite=Lax; Max-Age=" + YEAR);
  }
}
