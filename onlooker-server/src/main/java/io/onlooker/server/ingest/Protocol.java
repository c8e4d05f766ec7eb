package io.onlooker.server.ingest;

/** Turns the bytes of one dialect into items. Keeps nothing; safe for many threads. */
@FunctionalInterface
interface Protocol {

  /**
   * Decodes one request body.
   *
   * <p>An item that cannot be read is dropped and counted; its neighbours are kept.
   *
   * @param body after decompression
   * @param receivedNanos when it arrived, for items that say no time themselves
   * @throws Malformed when the body as a whole is not of this dialect
   */
  Decoded decode(byte[] body, long receivedNanos) throws Malformed;
}
