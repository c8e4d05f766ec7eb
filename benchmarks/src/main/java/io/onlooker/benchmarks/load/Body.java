package io.onlooker.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A request's body of twenty spans, each with ten attributes, whose ids are other ones in every
 * request.
 *
 * @param slots where which id stands
 */
record Body(String path, String contentType, byte[] bytes, List<Slot> slots) {

  static final int SPANS = 20;

  /** A marker for each id in the body: no other bytes of it look so. */
  static byte[] marker(int id, int length) {
    byte[] marker = new byte[length];
    java.util.Arrays.fill(marker, (byte) 0xA5);
    marker[length - 1] = (byte) id;
    return marker;
  }

  /**
   * One place of an id.
   *
   * @param hex whether it is written in hexadecimal digits
   */
  record Slot(int at, int id, int length, boolean hex) {}

  /** Finds the markers in the bytes. */
  static Body of(String path, String contentType, byte[] bytes, boolean hex) {
    List<Slot> slots = new ArrayList<>();
    for (int id = 0; id <= SPANS; id++) {
      int length = id == 0 ? 16 : 8;
      byte[] marker = marker(id, length);
      byte[] wanted =
          hex ? HexFormat.of().formatHex(marker).getBytes(StandardCharsets.US_ASCII) : marker;
      for (int at = find(bytes, wanted, 0); at >= 0; at = find(bytes, wanted, at + 1)) {
        if (id == 0 || isolated(bytes, at, hex)) {
          slots.add(new Slot(at, id, length, hex));
        }
      }
    }
    return new Body(path, contentType, bytes, slots);
  }

  /** The end of a trace's marker looks like a span's. */
  private static boolean isolated(byte[] bytes, int at, boolean hex) {
    return hex ? bytes[at - 1] == '"' : bytes[at - 1] != (byte) 0xA5;
  }

  private static int find(byte[] bytes, byte[] wanted, int from) {
    for (int at = from; at <= bytes.length - wanted.length; at++) {
      if (java.util.Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    return -1;
  }

  /** Writes new ids over those in this copy of the bytes, which begins at an offset. */
  void refresh(byte[] copy, int offset, SplittableRandom random) {
    byte[][] ids = new byte[SPANS + 1][16];
    for (byte[] id : ids) {
      random.nextBytes(id);
    }
    for (Slot slot : slots) {
      byte[] id = ids[slot.id()];
      for (int i = 0; i < slot.length(); i++) {
        if (slot.hex()) {
          copy[offset + slot.at() + 2 * i] = (byte) Character.forDigit((id[i] >> 4) & 15, 16);
          copy[offset + slot.at() + 2 * i + 1] = (byte) Character.forDigit(id[i] & 15, 16);
        } else {
          copy[offset + slot.at() + i] = id[i];
        }
      }
    }
  }
}
