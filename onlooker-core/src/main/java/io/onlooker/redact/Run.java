package io.onlooker.redact;

/** The characters that keys are made of. */
enum Run {
  CAPITALS(Chars.UPPER | Chars.DIGIT),
  PLAIN(Chars.LETTER_OR_DIGIT),
  WORD(Chars.LETTER_OR_DIGIT | Chars.LOW_LINE),
  TOKEN(Chars.TOKEN),

  /** The characters of {@link #TOKEN}, as the first part of a web token. */
  HEADER(Chars.TOKEN);

  private final int sorts;

  Run(int sorts) {
    this.sorts = sorts;
  }

  /** As a sum of the constants of {@link Chars}. */
  int sorts() {
    return sorts;
  }
}
