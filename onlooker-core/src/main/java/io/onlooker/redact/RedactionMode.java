package io.onlooker.redact;

/** What stands in the place of a finding. */
public enum RedactionMode {
  /** The kind in brackets: {@code [EMAIL]}. */
  LABEL,
  /**
   * The kind and twelve hex digits of a keyed hash: {@code [EMAIL:3f9a1c07b2d4]}. Equal values stay
   * equal, whatever blanks and dashes they are written with, and nobody without the salt can guess.
   */
  HASH,
  /** Stars in the shape of the value; the last four of a card, an IBAN or a phone stay. */
  MASK,
  /** Nothing. */
  REMOVE
}
