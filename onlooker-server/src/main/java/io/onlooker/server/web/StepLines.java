package io.onlooker.server.web;

import io.onlooker.server.read.Step;
import io.onlooker.store.TraceNotes;
import io.onlooker.store.span.SpanKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes lines of steps, with what is inside them as long as the page does not grow too large. */
final class StepLines {

  /** Characters of text a page holds at most; beyond them a step opens by its link. */
  private static final int MOST_TEXT = 300_000;

  private final Frame frame;
  private final StepAsk ask;
  private final TraceNotes notes;
  private final Window window;

  /** For each model call the one before it of the same agent. */
  private final Map<String, Step> previous = new HashMap<>();

  private final Set<String> parents = new HashSet<>();

  StepLines(Frame frame, StepAsk ask, TraceNotes notes, Window window, List<Step> all) {
    this.frame = frame;
    this.ask = ask;
    this.notes = notes;
    this.window = window;
    Map<String, Step> latest = new HashMap<>();
    for (Step step : all) {
      String parent = step.parentSpanId();
      if (parent != null) {
        parents.add(parent);
      }
      Step earlier =
          step.kind() == SpanKind.MODEL ? latest.put(parent == null ? "" : parent, step) : null;
      if (earlier != null) {
        previous.put(step.span().spanId(), earlier);
      }
    }
  }

  /**
   * Lines that open in place; of a long story each is a link that opens it, to keep the page small.
   */
  List<StepView> story(Slice slice, List<Step> steps) {
    List<StepView> lines = new ArrayList<>();
    int weight = 0;
    int number = slice.from();
    for (Step step : slice.of(steps)) {
      number++;
      boolean open = step.span().spanId().equals(ask.step());
      StepDetail detail = open || (slice.whole() && weight < MOST_TEXT) ? detail(step) : null;
      weight += detail == null ? 0 : detail.weight();
      lines.add(line(step, number, detail));
    }
    return lines;
  }

  /** Lines whose inside is a panel beside them. */
  List<StepView> waterfall(Slice slice, List<Step> steps) {
    List<StepView> lines = new ArrayList<>();
    int number = slice.from();
    for (Step step : slice.of(steps)) {
      number++;
      lines.add(line(step, number, null));
    }
    return lines;
  }

  /** The open step with its inside, or null when none is open. */
  @Nullable StepView open(List<Step> steps) {
    for (Step step : steps) {
      if (step.span().spanId().equals(ask.step())) {
        return line(step, 0, detail(step));
      }
    }
    return null;
  }

  private StepView line(Step step, int number, @Nullable StepDetail detail) {
    String id = step.span().spanId();
    return new StepView(
        step,
        number,
        frame,
        window.bar(step.span()),
        ask.stepLink(id),
        id.equals(ask.step()),
        parents.contains(id),
        detail);
  }

  private StepDetail detail(Step step) {
    return StepDetail.of(step, previous.get(step.span().spanId()), notes, frame);
  }
}
