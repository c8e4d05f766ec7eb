package io.onlooker.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A request's body of database spans, each with ten attributes, whose ids are other ones in every
 * request.
 *
 * @param spans how many it holds
 * @param slots where which id stands
 */
record Body(String path, String contentType, byte[] bytes, int spans, List<Slot> slots) {

  /** Of a trace; a request of more has several. */
  static final int SPANS_A_TRACE = 20;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(US_ASCII);
  private static final byte FILL = (byte) 0xA5;
  private static final int TRACE = 16;
  private static final int SPAN = 8;

  /** Stands for a trace's id; no other bytes of the body look so. */
  static byte[] traceMarker(int trace) {
    return marker(trace, TRACE);
  }

  /** Stands for a span's id. */
  static byte[] spanMarker(int span) {
    return marker(span, SPAN);
  }

  private static byte[] marker(int number, int length) {
    byte[] marker = new byte[length];
    Arrays.fill(marker, FILL);
    marker[length - 2] = (byte) (number >> 8);
    marker[length - 1] = (byte) number;
    return marker;
  }

  /**
   * One place of eight bytes of an id.
   *
   * @param id its number among the eights of bytes that are drawn for a request
   * @param hex whether it is written in hexadecimal digits
   */
  record Slot(int at, int id, boolean hex) {}

  /** Finds the markers in the bytes. */
  static Body of(String path, String contentType, byte[] bytes, int spans, boolean hex) {
    List<Slot> slots = new ArrayList<>();
    int width = hex ? 2 : 1;
    for (int at = 0; at < bytes.length; ) {
      int run = 0;
      while (isFill(bytes, at + run * width, hex)) {
        run++;
      }
      if (run == TRACE - 2) {
        int trace = number(bytes, at + run * width, hex);
        slots.add(new Slot(at, spans + 2 * trace, hex));
        slots.add(new Slot(at + SPAN * width, spans + 2 * trace + 1, hex));
      } else if (run == SPAN - 2) {
        slots.add(new Slot(at, number(bytes, at + run * width, hex), hex));
      }
      at += Math.max(1, run * width);
    }
    return new Body(path, contentType, bytes, spans, slots);
  }

  private static boolean isFill(byte[] bytes, int at, boolean hex) {
    if (hex) {
      return at + 1 < bytes.length && bytes[at] == 'a' && bytes[at + 1] == '5';
    }
    return at < bytes.length && bytes[at] == FILL;
  }

  private static int number(byte[] bytes, int at, boolean hex) {
    return hex
        ? Integer.parseInt(new String(bytes, at, 4, US_ASCII), 16)
        : ((bytes[at] & 255) << 8) | (bytes[at + 1] & 255);
  }

  /** Room for the ids of one request. */
  long[] room() {
    return new long[spans + 2 * (spans / SPANS_A_TRACE + 1)];
  }

  /**
   * Writes new ids over those in this copy of the bytes, which begins at an offset.
   *
   * @param ids room for them
   */
  void refresh(byte[] copy, int offset, long[] ids, SplittableRandom random) {
    for (int i = 0; i < ids.length; i++) {
      ids[i] = random.nextLong();
    }
    for (Slot slot : slots) {
      long id = ids[slot.id()];
      int at = offset + slot.at();
      if (slot.hex()) {
        for (int i = 15; i >= 0; i--) {
          copy[at + i] = DIGITS[(int) id & 15];
          id >>>= 4;
        }
      } else {
        LONGS.set(copy, at, id);
      }
    }
  }
}
