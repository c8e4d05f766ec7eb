package io.onlooker.server.ingest;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import com.github.luben.zstd.ZstdInputStream;
import io.onlooker.server.http.HttpProblem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** Decompresses bodies without ever holding much more than the limit. Safe for many threads. */
final class Compression {

  private static final int SMALL = 4 * 1024 * 1024;

  /** More than any header line of an envelope. */
  private static final int START_BYTES = 16 * 1024;

  /** How many bodies larger than {@link #SMALL} are read at one time at most; others wait. */
  private static final int LARGE_AT_ONCE = 4;

  /** How many times its bytes a body takes while it is read. */
  private static final int READ_SHARE = 16;

  private final int maxBytes;
  private final Semaphore large;

  /** Whether the thread, which is its request's own, holds one of the places for large bodies. */
  private final ThreadLocal<Boolean> holds = ThreadLocal.withInitial(() -> false);

  Compression(int maxBytes) {
    this.maxBytes = maxBytes;
    long affordable = Runtime.getRuntime().maxMemory() / (READ_SHARE * (long) maxBytes);
    large = new Semaphore(Math.clamp(affordable, 1, LARGE_AT_ONCE));
  }

  /** The request is answered: what its body took is free for others. */
  void release() {
    if (holds.get()) {
      holds.set(false);
      large.release();
    }
  }

  /**
   * The body as it was before its content encodings, the last of which is undone first.
   *
   * @throws HttpProblem 400 when it is not so encoded, 413 when it is too large, 415 when the
   *     encoding is not known
   */
  byte[] inflate(@Nullable String encodings, byte[] body) {
    byte[] bytes = body;
    String[] names = encodings == null ? new String[0] : encodings.split(",", -1);
    for (int i = names.length - 1; i >= 0; i--) {
      String name = names[i].strip().toLowerCase(Locale.ROOT);
      if (!name.isEmpty() && !name.equals("identity")) {
        bytes = inflateOne(name, bytes);
      }
    }
    if (bytes.length > maxBytes) {
      throw tooLarge();
    }
    if (bytes.length > SMALL) {
      hold();
    }
    return bytes;
  }

  /** The first bytes of the body, as far as they can be decompressed. */
  byte[] start(@Nullable String encoding, byte[] body) {
    String name = encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT);
    if (name.isEmpty() || name.equals("identity")) {
      return body;
    }
    try (InputStream in = open(name, body)) {
      return in.readNBytes(START_BYTES);
    } catch (IOException | HttpProblem _) {
      return new byte[0];
    }
  }

  private byte[] inflateOne(String encoding, byte[] body) {
    try (InputStream in = open(encoding, body)) {
      return readBounded(in);
    } catch (IOException e) {
      throw new HttpProblem(
          400,
          "Not decompressable",
          "body: "
              + (e.getMessage() == null ? "ends too early" : e.getMessage())
              + " (expected: "
              + encoding
              + ", as content-encoding says)");
    }
  }

  /** Waits for a place among the large bodies; it is kept until {@link #release}. */
  private void hold() {
    if (holds.get()) {
      return;
    }
    try {
      large.acquire();
      holds.set(true);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new HttpProblem(503, "Stopping", "the server is stopping (try again)");
    }
  }

  private static InputStream open(String encoding, byte[] body) throws IOException {
    InputStream in = new ByteArrayInputStream(body);
    return switch (encoding) {
      case "gzip", "x-gzip" -> new GZIPInputStream(in, 8192);
      case "deflate" -> deflate(in);
      case "br" -> brotli(in);
      case "zstd" -> new ZstdInputStream(in);
      default ->
          throw new HttpProblem(
              415,
              "Unknown encoding",
              "content-encoding: " + encoding + " (expected: gzip, deflate, br or zstd)");
    };
  }

  /** The name means zlib, but some senders leave zlib's header out; it always begins with x8. */
  private static InputStream deflate(InputStream in) throws IOException {
    PushbackInputStream ahead = new PushbackInputStream(in, 1);
    int first = ahead.read();
    if (first >= 0) {
      ahead.unread(first);
    }
    boolean zlib = (first & 0x0f) == 8;
    return new InflaterInputStream(ahead, new Inflater(!zlib));
  }

  private static InputStream brotli(InputStream in) throws IOException {
    if (!Brotli4jLoader.isAvailable()) {
      throw new HttpProblem(
          415, "Unknown encoding", "content-encoding: br (expected on this machine: gzip)");
    }
    return new BrotliInputStream(in);
  }

  private byte[] readBounded(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(16_384);
    copy(in, out, Math.min(SMALL, maxBytes));
    if (out.size() < SMALL) {
      return whole(in, out);
    }
    hold();
    copy(in, out, maxBytes);
    return whole(in, out);
  }

  private static void copy(InputStream in, ByteArrayOutputStream out, int upTo) throws IOException {
    byte[] buffer = new byte[16_384];
    while (out.size() < upTo) {
      int read = in.read(buffer, 0, Math.min(buffer.length, upTo - out.size()));
      if (read < 0) {
        return;
      }
      out.write(buffer, 0, read);
    }
  }

  private byte[] whole(InputStream in, ByteArrayOutputStream out) throws IOException {
    if (out.size() >= maxBytes && in.read() >= 0) {
      throw tooLarge();
    }
    return out.toByteArray();
  }

  private HttpProblem tooLarge() {
    return new HttpProblem(
        413,
        "Body too large",
        "body: more bytes after decompression than allowed (expected: at most " + maxBytes + ")");
  }
}
