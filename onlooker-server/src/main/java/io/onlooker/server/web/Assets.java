package io.onlooker.server.web;

import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The few static files, read once. Their addresses hold a hash of them all, so a browser may keep
 * them for ever and modules can still import one another by name.
 */
final class Assets {

  private static final List<String> NAMES =
      List.of(
          "app.css",
          "app.js",
          "chart.js",
          "hints.js",
          "jump.js",
          "keys.js",
          "live.js",
          "panel.js",
          "query.js",
          "reader.js",
          "rowview.js",
          "show.js",
          "steps.js",
          "strip.js",
          "table.js",
          "waterfall.js",
          "mark.svg");

  private static final Map<String, String> TYPES =
      Map.of(
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private final Map<String, byte[]> files;
  private final String version;

  private Assets(Map<String, byte[]> files, String version) {
    this.files = files;
    this.version = version;
  }

  static Assets load() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    MessageDigest digest = Sha256.digest();
    for (String name : NAMES) {
      byte[] file = read("/static/" + name);
      files.put(name, file);
      digest.update(file);
    }
    return new Assets(files, HexFormat.of().formatHex(digest.digest(), 0, 8));
  }

  String url(String name) {
    return "/static/" + version + "/" + name;
  }

  Response serve(Request request) {
    String name = request.route("file");
    byte[] file = files.get(name);
    if (file == null) {
      throw new HttpProblem(404, "No such file", "static file: " + name);
    }
    String etag = '"' + version + '"';
    boolean known = etag.equals(request.header("if-none-match"));
    String type = TYPES.getOrDefault(name.substring(name.indexOf('.') + 1), "text/plain");
    return Response.of(known ? 304 : 200, type, known ? new byte[0] : file)
        .with("etag", etag)
        .with("x-content-type-options", "nosniff")
        .with("cache-control", caching(request.route("version")));
  }

  /**
   * A page of an older server may ask for an older version: it gets today's, but must not keep it.
   */
  private String caching(String asked) {
    return asked.equals(version) ? "public, max-age=31536000, immutable" : "no-cache";
  }

  private static byte[] read(String resource) {
    try (InputStream in = Assets.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("resource: " + resource + " (expected: in the jar)");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("resource: " + resource, e);
    }
  }
}
