package io.onlooker.server.web;

import io.onlooker.store.span.SpanKind;

/**
 * How a kind of step is told from the others: by shape, word and colour, never by colour alone.
 *
 * @param shape the path of its glyph in a square of ten
 */
record Look(String cssClass, String word, String shape, boolean hollow) {

  private static final String SQUARE = "M1 1H9V9H1Z";

  static Look of(SpanKind kind) {
    return switch (kind) {
      case AGENT -> new Look("k-agent", "agent", "M2 2H8V8H2Z", true);
      case MODEL -> new Look("k-llm", "LLM", SQUARE, false);
      case TOOL -> new Look("k-tool", "tool", "M1 5A4 4 0 1 1 9 5A4 4 0 1 1 1 5Z", false);
      case DATA -> new Look("k-data", "data", "M5 0L10 5L5 10L0 5Z", false);
      case WORKFLOW -> new Look("k-workflow", "workflow", "M5 1L9.5 9H.5Z", false);
      case WRAPPER, OTHER -> new Look("k-other", "step", "M1 4H9V6H1Z", false);
    };
  }

  /** Whether it is drawn as a thin line: others lie inside it. */
  boolean slim() {
    return hollow || word.equals("workflow");
  }
}
