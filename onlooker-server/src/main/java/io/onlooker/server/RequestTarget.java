package io.onlooker.server;

import io.onlooker.server.ingest.Recording;
import java.io.IOException;
import java.io.PrintWriter;

/** Where recorded requests go: as they are, or redacted. */
interface RequestTarget extends AutoCloseable {

  /**
   * Sends one recording; what is not taken is told here.
   *
   * @throws IOException when the server cannot be reached
   */
  void send(Recording recording, PrintWriter complaints) throws IOException, InterruptedException;

  /** Sends what waits; one line about all that was sent. */
  String finish();

  /** Whether all of it was taken, as far as it is known when finished. */
  boolean complete();

  @Override
  void close();
}
