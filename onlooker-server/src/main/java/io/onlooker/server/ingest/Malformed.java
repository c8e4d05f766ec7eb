package io.onlooker.server.ingest;

/** A body, or one item of it, that is not what the protocol says; the message names what. */
final class Malformed extends Exception {

  private static final long serialVersionUID = 1;

  Malformed(String message) {
    super(message, null, false, false);
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
