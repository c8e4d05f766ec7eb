package io.onlooker.redact;

import static java.util.Objects.requireNonNull;

/**
 * Where something was found in a text.
 *
 * @param kind the name of a {@link PiiKind}, or of an own pattern
 * @param start the first UTF-16 unit, as {@link String#substring(int, int)} counts
 * @param end the unit behind the last
 */
public record Finding(String kind, int start, int end) {

  public Finding {
    requireNonNull(kind, "kind");
  }
}
