package io.onlooker.redact;

/** An own pattern that cannot be followed; says where it goes wrong and what was expected. */
public final class InvalidPatternException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String pattern;
  private final int position;

  InvalidPatternException(String pattern, int position, String problem, String expected) {
    super(
        "pattern \""
            + pattern
            + "\" at "
            + position
            + ": "
            + problem
            + " (expected: "
            + expected
            + ")");
    this.pattern = pattern;
    this.position = position;
  }

  /** The pattern as it was given. */
  public String pattern() {
    return pattern;
  }

  /** Where it goes wrong, in UTF-16 units from 0; its length when something is missing. */
  public int position() {
    return position;
  }
}
