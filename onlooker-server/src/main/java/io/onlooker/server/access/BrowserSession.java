package io.onlooker.server.access;

import io.onlooker.server.http.Request;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A browser that signed in, told by a signed cookie: nothing about it is kept in the server, and a
 * restart signs nobody out.
 */
final class BrowserSession {

  private static final Duration LASTS = Duration.ofDays(30);

  private final String secret;

  /** Of its own for each installation: cookies are shared by all ports of a host. */
  private final String name;

  BrowserSession(String secret) {
    this.secret = secret;
    this.name = "onlooker_" + Secrets.hash(secret).substring(0, 8);
  }

  /**
   * The value of the {@code set-cookie} header that signs a browser in.
   *
   * @param who what tells the person, without dots; empty for nobody in particular
   */
  String open(Instant now, String who) {
    String ends = now.plus(LASTS).getEpochSecond() + "." + Secrets.random(16);
    String content = who.isEmpty() ? ends : ends + "." + who;
    String value = content + "." + Secrets.sign(secret, content);
    return name + "=" + value + "; Max-Age=" + LASTS.toSeconds() + attributes();
  }

  /** The value of the {@code set-cookie} header that signs it out. */
  String close() {
    return name + "=; Max-Age=0" + attributes();
  }

  /** What tells this session from others, or null when the request is not signed in. */
  @Nullable String id(Request request, Instant now) {
    String value = request.cookie(name);
    int end = value == null ? -1 : value.lastIndexOf('.');
    if (value == null || end < 0) {
      return null;
    }
    String content = value.substring(0, end);
    if (!Secrets.same(Secrets.sign(secret, content), value.substring(end + 1))) {
      return null;
    }
    long expires = Long.parseLong(content.substring(0, content.indexOf('.')));
    return now.getEpochSecond() < expires ? content : null;
  }

  /** What tells the person of a session, or empty for nobody in particular. */
  static String who(String id) {
    String[] parts = id.split("\\.", -1);
    return parts.length == 3 ? parts[2] : "";
  }

  /** What a form of this session carries, so that no other site can send it. */
  String formToken(String id) {
    return Secrets.sign(secret, "form " + id);
  }

  private static String attributes() {
    return "; Path=/; HttpOnly; SameSite=Lax";
  }
}
