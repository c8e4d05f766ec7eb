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
 * <p>Relay refuses an envelope whose lengths are wrong as a whole. Here an item whose length cannot
 * be right ends before the next line that is an item's header, and what follows an unreadable
 * header is looked for in the same way, so that no item is lost for its neighbour's fault. A last
 * item that should be longer than what is left was cut off, and is not kept.
 *
 * @param items those that could be told apart
 * @param broken what could not be read as an item, at most {@link #MOST_BROKEN} sentences
 */
record Envelope(JsonNode header, List<Part> items, List<String> broken) {

  /** Whoever sends more of them sends no envelope. */
  private static final int MOST_BROKEN = 100;

  /**
   * One item of the envelope, not yet read.
   *
   * @param number counted from 1
   * @param fault what is wrong with its length, or null
   */
  record Part(
      int number, JsonNode header, byte[] bytes, int offset, int length, @Nullable String fault) {

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
    reader.readAll();
    return new Envelope(header, reader.parts, reader.broken);
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

    /** A header is short; a line that is longer is a payload. */
    private static final int LONGEST_HEADER = 2_000;

    private final byte[] bytes;
    private final List<Part> parts = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private int at;
    private int number;

    Reader(byte[] bytes, int at) {
      this.bytes = bytes;
      this.at = at;
    }

    void readAll() {
      while (at < bytes.length && broken.size() < MOST_BROKEN) {
        if (bytes[at] == '\n') {
          at++;
        } else {
          readPart();
        }
      }
    }

    private void readPart() {
      number++;
      int end = lineEnd(bytes, at);
      try {
        readPayload(Json.readObject(bytes, at, end - at), Math.min(end + 1, bytes.length));
      } catch (Malformed e) {
        broken.add("header of item " + number + ": " + e.detail());
        at = beforeNextHeader(end) + 1;
      }
    }

    private void readPayload(JsonNode header, int start) {
      JsonNode length = header.path("length");
      String fault = length.isNumber() ? fault(length, start) : null;
      int end = fault == null ? end(length, start) : beforeNextHeader(start);
      if (fault != null && isCutOff(length, start, end)) {
        broken.add("item " + number + ": " + fault);
      } else {
        parts.add(new Part(number, header, bytes, start, end - start, fault));
      }
      at = end + 1;
    }

    private int end(JsonNode length, int start) {
      return length.isNumber() ? start + length.intValue() : lineEnd(bytes, start);
    }

    private boolean isCutOff(JsonNode length, int start, int end) {
      return end + 1 >= bytes.length && length.doubleValue() > bytes.length - start;
    }

    private @Nullable String fault(JsonNode length, int start) {
      long size = length.canConvertToLong() ? length.longValue() : -1;
      int left = bytes.length - start;
      if (size < 0 || size > left) {
        return "length " + length + " (expected: 0 to " + left + ", what follows)";
      }
      int end = start + (int) size;
      return end == bytes.length || bytes[end] == '\n'
          ? null
          : "'"
              + new String(bytes, end, 1, UTF_8)
              + "' after "
              + size
              + " bytes (expected: a newline)";
    }

    /** The newline before the next line that is an item's header, or where the body ends. */
    private int beforeNextHeader(int from) {
      int end = lineEnd(bytes, from);
      while (end < bytes.length && !isHeader(end + 1)) {
        end = lineEnd(bytes, end + 1);
      }
      return end;
    }

    /** Payloads have a type too, but no line of theirs says as little as a header does. */
    private boolean isHeader(int start) {
      if (start >= bytes.length || bytes[start] != '{') {
        return false;
      }
      int size = lineEnd(bytes, start) - start;
      if (size > LONGEST_HEADER) {
        return false;
      }
      try {
        JsonNode line = Json.readObject(bytes, start, size);
        return line.path("type").isString() && isSmall(line);
      } catch (Malformed _) {
        return false;
      }
    }

    private static boolean isSmall(JsonNode header) {
      return header.valueStream().noneMatch(value -> value.isContainer());
    }
  }
}
