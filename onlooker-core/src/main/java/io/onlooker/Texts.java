package io.onlooker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Turns whatever an application says into what an attribute can hold; never fails. */
final class Texts {

  private static final int LIST_LIMIT = 1000;

  private Texts() {}

  /** The object's text, or why there is none. */
  static String of(Object value) {
    try {
      String text = value.toString();
      return text == null ? "null" : text;
    } catch (Exception | StackOverflowError | LinkageError | AssertionError e) {
      return "(" + value.getClass().getName() + ".toString: " + e.getClass().getName() + ")";
    }
  }

  /** The value as {@link Attributes} takes it: lists of scalars stay lists, the rest is text. */
  static Object attribute(Object value) {
    if (value instanceof Iterable<?> values) {
      return list(values);
    }
    if (value instanceof Object[] values) {
      return list(Arrays.asList(values));
    }
    return scalar(value);
  }

  private static Object scalar(Object value) {
    return value instanceof Number || value instanceof Boolean || value instanceof String
        ? number(value)
        : of(value);
  }

  /** Numbers of other classes (big decimals, counters) are kept as their text. */
  private static Object number(Object value) {
    boolean known =
        !(value instanceof Number)
            || value instanceof Integer
            || value instanceof Long
            || value instanceof Double
            || value instanceof Float
            || value instanceof Short
            || value instanceof Byte;
    return known ? value : of(value);
  }

  private static Object list(Iterable<?> values) {
    List<Object> list = new ArrayList<>();
    try {
      for (Object value : values) {
        if (list.size() == LIST_LIMIT) {
          list.add("… (first " + LIST_LIMIT + " shown)");
          break;
        }
        if (value != null) {
          list.add(scalar(value));
        }
      }
      return list;
    } catch (RuntimeException e) {
      // The application changed the list meanwhile: what was read is not what was meant.
      return of(values);
    }
  }
}
