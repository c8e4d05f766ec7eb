package io.onlooker.server.ingest;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * What a DSN names: {@code scheme://KEY[:SECRET]@HOST[:PORT][/PREFIX]/PROJECT}. The secret is of
 * former times and ignored.
 */
record Dsn(String key, String project) {

  static Dsn parse(String text) throws Malformed {
    try {
      URI uri = new URI(text);
      String user = uri.getUserInfo();
      String path = uri.getPath() == null ? "" : uri.getPath();
      String project = path.substring(path.lastIndexOf('/') + 1);
      if (user != null && !user.isEmpty() && !project.isEmpty()) {
        return new Dsn(user.split(":", 2)[0], project);
      }
    } catch (URISyntaxException _) {
      // Told below; the text may hold a key and is not repeated.
    }
    throw new Malformed("dsn: not one (expected: http://KEY@HOST/PROJECT)");
  }
}
