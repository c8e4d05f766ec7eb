package io.onlooker.server.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Steps against time.
 *
 * @param open the step whose inside is shown beside them, or null
 * @param span how long the shown window is, as text
 */
record Waterfall(
    StepAsk ask,
    Strip strip,
    Slice slice,
    List<StepView> lines,
    @Nullable StepView open,
    String span) {

  boolean zoomed() {
    return ask.zoom() != null;
  }
}
