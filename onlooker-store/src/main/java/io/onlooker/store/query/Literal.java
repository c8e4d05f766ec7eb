package io.onlooker.store.query;

import io.onlooker.store.Filter.Pattern;
import java.util.ArrayList;
import java.util.List;

/**
 * A value as it stands in a query, its escapes undone.
 *
 * @param pieces the text between its wildcards; one piece when there are none
 * @param quoted whether it stood in quotes
 * @param position where it begins in the query
 */
record Literal(List<String> pieces, boolean quoted, int position) {

  Literal {
    pieces = List.copyOf(pieces);
  }

  boolean hasWildcard() {
    return pieces.size() > 1;
  }

  boolean isEmpty() {
    return !hasWildcard() && text().isEmpty();
  }

  /** Whether it takes any text at all. */
  boolean isAnything() {
    return hasWildcard() && pieces.stream().allMatch(String::isEmpty);
  }

  String text() {
    return String.join("*", pieces);
  }

  Pattern pattern() {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      boolean atEnd = i == 0 || i == pieces.size() - 1;
      if (atEnd || !pieces.get(i).isEmpty()) {
        parts.add(pieces.get(i));
      }
    }
    return new Pattern(parts);
  }

  /** The same, found anywhere in a text. */
  Literal openAtBothEnds() {
    List<String> open = new ArrayList<>(pieces);
    open.addFirst("");
    open.addLast("");
    return new Literal(open, quoted, position);
  }
}
