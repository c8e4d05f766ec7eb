package io.onlooker.server.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The frame of a Sentry envelope: a header line, then for each item a header line and a payload. A
 * payload's {@code length} counts bytes; without it the payload ends at the next newline.
 *
 * @param items those that could be told apart
 * @param broken why reading stopped before the end, or null
 */
record Envelope(JsonNode header, List<Part> items, @Nullable String broken) {

  /**
   * One item of the envelope, not yet read.
   *
   * @param number counted from 1
   */
  record Part(int number, JsonNode header, byte[] bytes, int offset, int length) {

    String type() {
      String type = Json.text(header, "type");
      return type == null ? "" : type.toLowerCase(Locale.ROOT);
    }

    JsonNode json() throws Malformed {
      return Json.readObject(bytes, offset, length);
    }

    /** The same where it holds spans. */
    SentryTokens.Item tokens(SentryTokens.Shape shape) throws Malformed {
      return SentryTokens.read(bytes, offset, length, shape);
    }

    String label() {
      return "item " + number + " (" + shown(type()) + ")";
    }

    private static String shown(String type) {
      return type.length() <= 40 ? type : type.substring(0, 40) + "…";
    }
  }

  static Envelope read(byte[] bytes) throws Malformed {
    if (bytes.length == 0) {
      throw new Malformed("body: empty (expected: an envelope)");
    }
    int end = lineEnd(bytes, 0);
    JsonNode header = header(bytes, end);
    Reader reader = new Reader(bytes, end + 1);
    String broken = null;
    try {
      reader.readAll();
    } catch (Malformed e) {
      broken = e.detail();
    }
    return new Envelope(header, reader.parts, broken);
  }

  /** The header alone, from the beginning of a body that may go on as it likes. */
  static JsonNode header(byte[] bytes, int end) throws Malformed {
    try {
      return Json.readObject(bytes, 0, end);
    } catch (Malformed e) {
      throw new Malformed("envelope header: " + e.detail());
    }
  }

  static int lineEnd(byte[] bytes, int from) {
    int end = from;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    return end;
  }

  private static final class Reader {

    private final byte[] bytes;
    private final List<Part> parts = new ArrayList<>();
    private int at;

    Reader(byte[] bytes, int at) {
      this.bytes = bytes;
      this.at = at;
    }

    void readAll() throws Malformed {
      while (at < bytes.length) {
        if (bytes[at] == '\n') {
          at++;
        } else {
          readPart();
        }
      }
    }

    private void readPart() throws Malformed {
      int number = parts.size() + 1;
      int end = lineEnd(bytes, at);
      JsonNode header = partHeader(number, end);
      int start = Math.min(end + 1, bytes.length);
      JsonNode length = header.path("length");
      int size = length.isNumber() ? sized(number, length, start) : lineEnd(bytes, start) - start;
      parts.add(new Part(number, header, bytes, start, size));
      at = start + size + 1;
    }

    private JsonNode partHeader(int number, int end) throws Malformed {
      try {
        return Json.readObject(bytes, at, end - at);
      } catch (Malformed e) {
        throw new Malformed("header of item " + number + ": " + e.detail());
      }
    }

    private int sized(int number, JsonNode length, int start) throws Malformed {
      long size = length.canConvertToLong() ? length.longValue() : -1;
      int left = bytes.length - start;
      if (size < 0 || size > left) {
        throw new Malformed(
            "item "
                + number
                + ": length "
                + length
                + " (expected: 0 to "
                + left
                + ", what follows)");
      }
      int end = start + (int) size;
      if (end < bytes.length && bytes[end] != '\n') {
        String found = new String(bytes, end, 1, UTF_8);
        throw new Malformed(
            "item " + number + ": '" + found + "' after " + size + " bytes (expected: a newline)");
      }
      return (int) size;
    }
  }
}
