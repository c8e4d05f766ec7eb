package io.onlooker.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import org.jspecify.annotations.Nullable;

/** A path of the API and what is asked there. */
final class ApiPath {

  private final StringBuilder path;
  private char separator = '?';

  private ApiPath(String path) {
    this.path = new StringBuilder("/api/v1/").append(path);
  }

  /** Below {@code /api/v1/}. */
  static ApiPath of(String path) {
    return new ApiPath(path);
  }

  /** With one more part, whatever characters it has. */
  ApiPath below(String part) {
    path.append('/').append(encoded(part));
    return this;
  }

  /** With a parameter, unless it is null. */
  ApiPath with(String name, @Nullable Object value) {
    if (value != null) {
      path.append(separator).append(name).append('=').append(encoded(value.toString()));
      separator = '&';
    }
    return this;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
