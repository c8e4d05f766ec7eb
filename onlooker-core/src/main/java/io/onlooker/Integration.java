package io.onlooker;

/**
 * A library's instrumentation, given to {@link OnlookerOptions#integrations}: what it is told there
 * holds for every client that is instrumented for this Onlooker later, unless the client is told
 * otherwise. A starter finds it and instruments the clients it builds.
 */
public interface Integration {

  /** The Onlooker is open and records from now on; called once, on the thread that opens it. */
  void opened(Onlooker onlooker);
}
