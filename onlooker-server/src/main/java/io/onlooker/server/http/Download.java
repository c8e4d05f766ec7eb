package io.onlooker.server.http;

import java.io.OutputStream;

/** The open answer to a client that asked for a file. */
public interface Download {

  /**
   * Sends the head; until then the request can still be refused.
   *
   * @param fileName what a browser calls the file; letters, digits, dots and dashes
   * @return where the file's bytes go, with a buffer. Writing blocks while the client does not read
   *     and fails when it has gone
   */
  OutputStream begin(String contentType, String fileName);
}
