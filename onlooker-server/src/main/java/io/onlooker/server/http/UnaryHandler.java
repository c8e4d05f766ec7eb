package io.onlooker.server.http;

/**
 * Answers a gRPC call that sends one message and gets one back; runs on a virtual thread.
 *
 * @param <Q> what is sent
 * @param <A> what is answered
 */
@FunctionalInterface
public interface UnaryHandler<Q, A> {

  /**
   * Answers the call.
   *
   * @param request the call's headers and path; its body is empty, since the message is read
   * @throws HttpProblem when it cannot; the caller gets the gRPC status that means the same
   */
  A handle(Request request, Q message);
}
