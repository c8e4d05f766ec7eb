package io.onlooker.server.web;

import java.util.List;

/**
 * The one line in which a list is asked for.
 *
 * @param of what its names are of: {@code sessions} or {@code spans}
 * @param example shown while it is empty
 */
record QueryBar(Searched searched, String of, String example) {

  String path() {
    return searched.ask().path();
  }

  /** The terms of a query that could be read, each with the address that leaves it out. */
  List<Searched.Dropped> terms() {
    return wrong() ? List.of() : searched.narrower();
  }

  boolean wrong() {
    return searched.mistake() != null;
  }

  /** What the form carries along; a query that was answered stays until the next one can be. */
  List<Ask.Carried> carried() {
    return searched.ask().carried("q", "cursor");
  }
}
