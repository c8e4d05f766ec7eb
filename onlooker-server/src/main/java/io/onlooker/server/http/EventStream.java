package io.onlooker.server.http;

/** The open answer to a client that listens for server-sent events. */
public interface EventStream {

  /**
   * Sends one event; blocks while the client does not read.
   *
   * @param event the event's name, one line
   * @param data its text; several lines are sent as such
   * @return whether the client is still there
   */
  boolean send(String event, String data) throws InterruptedException;

  /**
   * The same with an id, which a client that comes back gives in {@code Last-Event-ID}.
   *
   * @param id one line
   */
  boolean send(String event, String data, String id) throws InterruptedException;

  /**
   * Sends a line that clients ignore, so that idle connections stay open.
   *
   * @return whether the client is still there
   */
  boolean keepAlive() throws InterruptedException;
}
