package io.onlooker.server.web;

import org.jspecify.annotations.Nullable;

/**
 * What a form did.
 *
 * @param said in a sentence, or null
 * @param problem why it did nothing, or null
 * @param secret shown this once, or null
 * @param next the address to go on to, or null to stay
 */
record Done(
    @Nullable String said,
    @Nullable String problem,
    @Nullable String secret,
    @Nullable String next) {

  Done(@Nullable String said, @Nullable String problem, @Nullable String secret) {
    this(said, problem, secret, null);
  }

  static final Done NOTHING = new Done(null, null, null);

  static Done said(String said) {
    return new Done(said, null, null);
  }

  /** It moved what the page was about. */
  static Done moved(String next) {
    return new Done(null, null, null, next);
  }

  static Done problem(String problem) {
    return new Done(null, problem, null);
  }

  static Done unknown(FormBody form) {
    return problem("do: " + form.text("do") + " (expected: what a button says)");
  }

  /**
   * Lets a dangerous action pass when the form names the project, which nobody types by accident.
   */
  static @Nullable Done unconfirmed(Frame frame, FormBody form) {
    String project = frame.links().project();
    return form.text("confirm").strip().equals(project)
        ? null
        : problem(
            "confirm: "
                + form.text("confirm")
                + " (expected: "
                + project
                + ", the name of the project)");
  }
}
