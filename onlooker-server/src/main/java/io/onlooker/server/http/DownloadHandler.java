package io.onlooker.server.http;

import java.io.IOException;

/** Writes a file whose length is not known before. Runs on a thread of its own and may block. */
@FunctionalInterface
public interface DownloadHandler {

  /**
   * Begins and writes the file, which is complete when this returns. When it throws, the client
   * sees the answer break off.
   *
   * @throws HttpProblem for a request that cannot be answered, before the file begins
   * @throws IOException when the client has gone or the server stops
   */
  void handle(Request request, Download download) throws IOException;
}
