package io.onlooker.server.http;

/** Feeds one stream of server-sent events. Runs on a thread of its own and may block. */
@FunctionalInterface
public interface EventHandler {

  /**
   * Sends events until there are no more, the client has gone or the thread is interrupted, which
   * happens when the server stops. The stream ends when this returns.
   *
   * @throws HttpProblem for a request that cannot be answered, before the first event
   */
  void handle(Request request, EventStream events) throws InterruptedException;
}
