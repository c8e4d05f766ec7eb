package io.onlooker.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * One request's body, ready to send.
 *
 * @param items how many spans, errors or log lines it holds
 * @param file where it lies on disk, or null while it is in memory only
 */
record Payload(Category category, int items, byte[] body, boolean gzipped, @Nullable Path file) {

  static Payload of(Category category, int items, byte[] body) {
    return new Payload(category, items, body, false, null);
  }

  Payload gzip() {
    if (gzipped) {
      return this;
    }
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(body.length / 4 + 64);
    try (GZIPOutputStream out = new GZIPOutputStream(compressed, 8192)) {
      out.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Payload(category, items, compressed.toByteArray(), true, file);
  }
}
