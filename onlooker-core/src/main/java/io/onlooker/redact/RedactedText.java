package io.onlooker.redact;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A text as it may leave.
 *
 * @param text the very string that was given when nothing was found
 * @param findings what was found, in order, never overlapping; positions count in the text given
 */
public record RedactedText(String text, List<Finding> findings) {

  public RedactedText {
    requireNonNull(text, "text");
    findings = List.copyOf(findings);
  }

  /** Whether nothing was found. */
  public boolean clean() {
    return findings.isEmpty();
  }
}
