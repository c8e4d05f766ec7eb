package io.onlooker.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The few static files, read once, while the server starts. Each address holds a hash of its file,
 * so a browser may keep it for ever. The scripts are small modules, sent as one.
 */
final class Assets {

  private static final Map<String, String> TYPES =
      Map.of(
          "app.css", "text/css; charset=utf-8",
          "app.js", "text/javascript; charset=utf-8",
          "mark.svg", "image/svg+xml");

  /** A file and the hash of what it holds. */
  private record File(byte[] content, String hash) {}

  private final CompletableFuture<Map<String, File>> files;

  private Assets(CompletableFuture<Map<String, File>> files) {
    this.files = files;
  }

  static Assets load() {
    return new Assets(CompletableFuture.supplyAsync(Assets::read));
  }

  private static Map<String, File> read() {
    Map<String, File> files = new LinkedHashMap<>();
    for (String name : TYPES.keySet()) {
      byte[] content = name.equals("app.js") ? scripts() : read("/static/" + name);
      files.put(name, new File(content, hash(content)));
    }
    return files;
  }

  private static byte[] scripts() {
    return Modules.join("app", name -> new String(read("/static/" + name + ".js"), UTF_8))
        .getBytes(UTF_8);
  }

  String url(String name) {
    return "/static/" + file(name).hash() + "/" + name;
  }

  Response serve(Request request) {
    String name = request.route("file");
    File file = file(name);
    String etag = '"' + file.hash() + '"';
    boolean known = etag.equals(request.header("if-none-match"));
    String type = TYPES.getOrDefault(name, "text/plain");
    return Response.of(known ? 304 : 200, type, known ? new byte[0] : file.content())
        .with("etag", etag)
        .with("x-content-type-options", "nosniff")
        .with("cache-control", caching(request.route("version"), file));
  }

  /**
   * A page of an older server may ask for an older version: it gets today's, but must not keep it.
   */
  private static String caching(String asked, File file) {
    return asked.equals(file.hash()) ? "public, max-age=31536000, immutable" : "no-cache";
  }

  private File file(String name) {
    File file = files.join().get(name);
    if (file == null) {
      throw new HttpProblem(404, "No such file", "static file: " + name);
    }
    return file;
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

  private static String hash(byte[] content) {
    return HexFormat.of().formatHex(Sha256.digest().digest(content), 0, 8);
  }
}
