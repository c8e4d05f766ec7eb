package io.onlooker.export;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a project's envelopes go: {@code scheme://key@host[:port][/prefix]/project}.
 *
 * @param project text, although Sentry's are numbers
 */
record Dsn(URI endpoint, String key, String project) {

  private static final String EXPECTED = " (expected: http(s)://KEY@HOST[:PORT]/PROJECT)";

  /**
   * Reads a DSN; a secret behind the key ({@code key:secret@}) is ignored.
   *
   * @throws IllegalArgumentException naming the text, its key hidden, and what was expected
   */
  static Dsn parse(String text) {
    try {
      URI uri = new URI(text.strip());
      String key = uri.getUserInfo() == null ? "" : uri.getUserInfo().split(":", 2)[0];
      String path = uri.getPath() == null ? "" : uri.getPath().replaceAll("/+$", "");
      String project = path.substring(path.lastIndexOf('/') + 1);
      if (!Checks.web(uri.getScheme())
          || uri.getHost() == null
          || uri.getPort() > 65_535
          || key.isEmpty()
          || project.isEmpty()) {
        throw new IllegalArgumentException("dsn: '" + Checks.masked(text) + "'" + EXPECTED);
      }
      return new Dsn(endpoint(uri, path, project), key, project);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("dsn: '" + Checks.masked(text) + "'" + EXPECTED, e);
    }
  }

  /** The host as it may stand in a log: without the key. */
  String place() {
    return endpoint.getScheme() + "://" + endpoint.getAuthority() + " project " + project;
  }

  @Override
  public String toString() {
    return place();
  }

  private static URI endpoint(URI uri, String path, String project) {
    String prefix = path.substring(0, path.length() - project.length());
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return URI.create(
        uri.getScheme() + "://" + uri.getHost() + port + prefix + "api/" + project + "/envelope/");
  }
}
