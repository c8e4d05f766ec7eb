package io.onlooker.store.embedded;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A statement under construction: its text and the values bound to it, in one order. */
final class Sql {

  private final StringBuilder text = new StringBuilder();
  private final List<Object> values = new ArrayList<>();

  static Sql of(String text) {
    return new Sql().add(text);
  }

  Sql add(String more) {
    text.append(more);
    return this;
  }

  Sql bind(Object value) {
    text.append('?');
    values.add(value);
    return this;
  }

  Sql add(Sql other) {
    text.append(other.text);
    values.addAll(other.values);
    return this;
  }

  String text() {
    return text.toString();
  }

  List<Object> values() {
    return Collections.unmodifiableList(values);
  }

  /** A name of a column or table, whatever characters it has. */
  static String name(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** A literal for the places that take no bound value, such as a list of files. */
  static String literal(String text) {
    return '\'' + text.replace("'", "''") + '\'';
  }
}
