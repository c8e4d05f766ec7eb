package io.onlooker.server.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.onlooker.server.access.Access;
import io.onlooker.server.access.Key;
import io.onlooker.server.access.Principal;
import io.onlooker.server.access.Scope;
import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.http.Request;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells which project a sender may send to, by the keys that it shows. */
final class KeyCheck {

  private static final Pattern SENTRY_KEY =
      Pattern.compile("\\bsentry_key\\s*=\\s*([^,\\s]+)", Pattern.CASE_INSENSITIVE);

  /** Which project a token for all projects means. */
  private static final String PROJECT_HEADER = "x-onlooker-project";

  private static final String SENTRIAL_KEY = "x-sentrial-api-key";

  private final Access access;

  KeyCheck(Access access) {
    this.access = access;
  }

  /** Every Sentry key that the request itself shows: in the query and in its headers. */
  static Set<String> keys(Request request) {
    Set<String> keys = new LinkedHashSet<>(request.parameters("sentry_key"));
    addKey(keys, request.header("x-sentry-auth"));
    String authorization = request.header("authorization");
    if (authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith("sentry")) {
      addKey(keys, authorization);
    }
    return keys;
  }

  /**
   * The project that all these keys open.
   *
   * @param wanted what the path or the DSN calls the project
   * @throws HttpProblem 403 without a key, with two different ones, one that nobody has, or one of
   *     another project; 404 when there is no such project
   */
  Caller caller(Set<String> keys, String wanted) {
    if (keys.isEmpty()) {
      throw refused(
          "sentry_key: missing (expected: in the query, X-Sentry-Auth or the envelope's dsn)");
    }
    if (keys.size() > 1) {
      throw refused("sentry_key: two different ones (expected: the same in every place)");
    }
    Key key = access.key(keys.iterator().next());
    if (key == null || !key.scope().covers(Scope.INGEST)) {
      throw refused("sentry_key: not a key of this server (expected: the one in the DSN)");
    }
    return new Caller(project(key.project(), wanted), key);
  }

  /**
   * The sender by a bearer token or a Sentry key, for OTLP's own paths and the sessions API;
   * Sentrial's clients may show it in a header of their own, Langfuse's as a user's name.
   *
   * @throws HttpProblem 401 when nobody we know sends, 403 when it may not
   */
  Caller caller(Request request) {
    Set<String> keys = keys(request);
    if (!keys.isEmpty()) {
      Key key = access.key(keys.iterator().next());
      String own = key == null || key.project() == null ? "1" : key.project().toString();
      return caller(keys, own);
    }
    Request bearing = withBearer(request);
    Principal principal = access.require(bearing, Scope.INGEST);
    Key key = access.bearer(bearing);
    String wanted = request.header(PROJECT_HEADER);
    if (wanted == null) {
      Integer own = principal.project();
      return new Caller(own == null ? Access.FIRST_PROJECT : own, key);
    }
    return new Caller(project(principal.project(), wanted), key);
  }

  private static Request withBearer(Request request) {
    String authorization = request.header("authorization");
    String key = authorization == null ? request.header(SENTRIAL_KEY) : basicUser(authorization);
    if (key == null) {
      return request;
    }
    Map<String, List<String>> headers = new HashMap<>(request.headers());
    headers.put("authorization", List.of("Bearer " + key.strip()));
    return new Request(
        request.method(),
        request.path(),
        request.route(),
        request.query(),
        headers,
        request.body());
  }

  /** Langfuse's clients show their public key as a user's name; the secret one opens nothing. */
  private static @Nullable String basicUser(String authorization) {
    if (!authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      return null;
    }
    try {
      byte[] both = Base64.getDecoder().decode(authorization.substring(6).strip());
      String text = new String(both, UTF_8);
      int colon = text.indexOf(':');
      return colon < 0 ? null : text.substring(0, colon);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private int project(@Nullable Integer own, String wanted) {
    if (own != null && !own.toString().equals(wanted)) {
      throw refused("project: " + shown(wanted) + " (expected: " + own + ", the key's own)");
    }
    return access.projects().stream()
        .filter(project -> Integer.toString(project.id()).equals(wanted))
        .findFirst()
        .orElseThrow(() ->
            new HttpProblem(
                404,
                "Unknown project",
                "project: " + shown(wanted) + " (expected: a project of this server)"))
        .id();
  }

  private static void addKey(Set<String> keys, @Nullable String header) {
    Matcher matcher = SENTRY_KEY.matcher(header == null ? "" : header);
    if (matcher.find()) {
      keys.add(matcher.group(1));
    }
  }

  private static HttpProblem refused(String detail) {
    return new HttpProblem(403, "Refused", detail);
  }

  private static String shown(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
