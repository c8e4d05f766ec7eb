package io.onlooker.server.web;

import java.util.Map;

/**
 * Where the whole of a step's text is.
 *
 * @param step the address of the step
 * @param part which text of it: see {@link StepText}
 */
record TextSource(String step, String part) {

  TextSource part(String other) {
    return new TextSource(step, other);
  }

  /** The exact bytes, as a file. */
  String download() {
    return Links.with(step + "/text", Map.of("part", part));
  }

  /**
   * The text on a page of its own, in pieces.
   *
   * @param from the character the first piece begins with
   */
  String page(int from) {
    return Links.with(
        step + "/read", Map.of("part", part, "from", from == 0 ? "" : Integer.toString(from)));
  }

  /** Embedded data of the text, by its place among all of it. */
  String media(int number) {
    return Links.with(step + "/media", Map.of("part", part, "n", Integer.toString(number)));
  }

  /** What the ids of its lines begin with. */
  String anchor() {
    return "t-" + step.substring(step.lastIndexOf('/') + 1) + "-" + part;
  }
}
