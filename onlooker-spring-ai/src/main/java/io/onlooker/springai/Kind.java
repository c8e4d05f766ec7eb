package io.onlooker.springai;

import io.micrometer.observation.Observation;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.instrument.Recording;
import org.jspecify.annotations.Nullable;

/** What one kind of observation says. */
interface Kind<C extends Observation.Context> {

  /** The span of an observation that begins; null when it is of no interest. */
  @Nullable SpanOptions start(C context, Recording recording);

  /** The dialogue that it begins a part of, after its start; null when it says none. */
  default @Nullable String conversation(C context) {
    return null;
  }

  /** Says how it ended, apart from an error. */
  void end(C context, Span span, Recording recording);

  /** Whether its span ends with it. */
  default boolean ends(C context) {
    return true;
  }

  /** Whether it came to an end, and was not given up before. */
  default boolean complete(C context) {
    return true;
  }

  /** What is the matter, without what the framework puts around it. */
  default Throwable cause(Throwable error) {
    return error;
  }
}
