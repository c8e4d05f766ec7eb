package io.onlooker.server.http;

/** Answers one request. Runs on a thread of its own and may block. */
@FunctionalInterface
public interface Handler {

  /**
   * The answer.
   *
   * @throws HttpProblem for a request that cannot be answered
   */
  Response handle(Request request);
}
