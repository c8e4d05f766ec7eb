package io.onlooker.server.ingest;

/**
 * What one request may bring.
 *
 * @param inflatedBytes the body after decompression
 * @param items spans, log lines and errors together; what is beyond is dropped and counted
 * @param attributes of one item; what is beyond is dropped and counted
 */
public record Limits(int inflatedBytes, int items, int attributes) {

  /** Ten times what the busiest client we know sends. */
  public static Limits withInflatedBytes(int inflatedBytes) {
    return new Limits(inflatedBytes, 50_000, 1_000);
  }
}
