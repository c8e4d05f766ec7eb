package io.onlooker;

/** Stands in a span's log where a number stands beside it: a boxed one costs 24 bytes. */
enum Plain {
  LONG,
  DOUBLE;

  Object value(long bits) {
    return this == LONG ? (Object) bits : Double.longBitsToDouble(bits);
  }
}
