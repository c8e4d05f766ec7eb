package io.onlooker.examples.web;

import java.util.Map;

/**
 * What a backend says.
 *
 * @param status of HTTP
 * @param body whatever Jackson writes as JSON
 */
public record Answer(int status, Object body) {

  public static Answer ok(Object body) {
    return new Answer(200, body);
  }

  /** {@code {"error": message}}, as the pages expect it. */
  public static Answer error(int status, String message) {
    return new Answer(status, Map.of("error", message));
  }
}
