package io.onlooker.server.api;

import io.onlooker.server.http.Request;
import java.util.function.ToIntFunction;

/**
 * Which project a request is about, by what it may do there; each throws {@link
 * io.onlooker.server.http.HttpProblem} when it may not.
 *
 * @param reading whose data it may read
 * @param changing whose settings it may change
 * @param sending whose data it may add to
 */
public record Rights(
    ToIntFunction<Request> reading,
    ToIntFunction<Request> changing,
    ToIntFunction<Request> sending) {

  int readable(Request request) {
    return reading.applyAsInt(request);
  }

  int administered(Request request) {
    return changing.applyAsInt(request);
  }

  int sendable(Request request) {
    return sending.applyAsInt(request);
  }
}
