package io.onlooker.server.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Steps against time.
 *
 * @param open the step whose inside is shown beside them, or null
 * @param span how long the shown window is, as text
 * @param rows where all rows are, for the script that draws those in view
 * @param steps below it, each step is a page
 */
record Waterfall(
    StepAsk ask,
    Strip strip,
    Slice slice,
    List<StepView> lines,
    @Nullable StepView open,
    String span,
    String rows,
    String steps) {

  boolean zoomed() {
    return ask.zoom() != null;
  }
}
