package io.onlooker.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.Locale;

/** The answer to one request of HTTP/1.1, read as it comes; used again for the next one. */
final class Answer {

  /** What {@link #read} says while bytes are missing. */
  static final int NOT_WHOLE = -1;

  private static final byte[] LENGTH = "content-length:".getBytes(ISO_8859_1);
  private static final byte[] ENCODING = "transfer-encoding:".getBytes(ISO_8859_1);

  private byte[] bytes = new byte[8192];
  private int length;

  /** Reads what is there; the status once the answer is whole. */
  int read(ReadableByteChannel channel) throws IOException {
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * length);
    }
    int count = channel.read(ByteBuffer.wrap(bytes, length, bytes.length - length));
    if (count < 0) {
      throw new EOFException("the server closed the connection");
    }
    length += count;
    if (!isWhole()) {
      return NOT_WHOLE;
    }
    length = 0;
    return Integer.parseInt(text(9, 12));
  }

  /** Looks at the names of the two headers that tell the end, and at none of the others. */
  private boolean isWhole() {
    int bodyLength = 0;
    boolean chunked = false;
    int from = 0;
    for (int end = lineEnd(from); end > from + 1; end = lineEnd(from)) {
      if (isNamed(LENGTH, from, end)) {
        bodyLength = Integer.parseInt(text(from + LENGTH.length, end).strip());
      } else if (isNamed(ENCODING, from, end)) {
        chunked = text(from, end).toLowerCase(Locale.ROOT).contains("chunked");
      }
      from = end + 1;
    }
    int body = lineEnd(from) + 1;
    return body > 0 && (chunked ? endsChunks(body) : body + bodyLength <= length);
  }

  private boolean endsChunks(int body) {
    int from = body;
    for (int end = lineEnd(from); end >= 0; end = lineEnd(from)) {
      int size = Integer.parseInt(text(from, end).strip(), 16);
      from = end + 1 + size + 2;
      if (size == 0) {
        return from <= length;
      }
    }
    return false;
  }

  /** Where the line's end stands, or -1 when it is not there yet. */
  private int lineEnd(int from) {
    for (int at = from; at < length; at++) {
      if (bytes[at] == '\n') {
        return at;
      }
    }
    return -1;
  }

  private boolean isNamed(byte[] name, int from, int end) {
    if (end - from < name.length) {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      if ((bytes[from + i] | 0x20) != (name[i] | 0x20)) {
        return false;
      }
    }
    return true;
  }

  private String text(int from, int to) {
    return new String(bytes, from, to - from, ISO_8859_1);
  }
}
