package io.onlooker.server.web;

import io.onlooker.SpanData;
import io.onlooker.server.read.Step;
import io.onlooker.server.read.Steps;
import io.onlooker.store.TraceNotes;
import io.onlooker.store.span.SpanKind;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The three ways to look at the steps of one run or trace. */
final class StepViews {

  private final Frame frame;
  private final StepAsk ask;
  private final List<Step> steps;
  private final TraceNotes notes;
  private final Window whole;

  /**
   * @param steps in the order of a waterfall, at least one
   */
  StepViews(Frame frame, StepAsk ask, List<Step> steps, TraceNotes notes) {
    this.frame = frame;
    this.ask = ask;
    this.steps = steps;
    this.notes = notes;
    this.whole = whole(steps, frame.now());
  }

  /** From the first start to the last end; up to now while a step is open. */
  Window whole() {
    return whole;
  }

  Story story() {
    List<Step> among = ask.late() ? steps : Steps.story(steps);
    List<Step> told = among.stream().filter(this::wanted).toList();
    Slice slice = Slice.of(told.size(), ask.at(), indexOf(told));
    return new Story(ask, slice, lines(whole).story(slice, told));
  }

  Waterfall waterfall() {
    List<Step> shown = steps.stream().filter(this::wanted).toList();
    Slice slice = Slice.of(shown.size(), ask.at(), indexOf(shown));
    Window part = zoom();
    if (part == null && !slice.whole()) {
      part = around(slice.of(shown));
    }
    Window window = part == null ? whole : part;
    StepLines lines = lines(window);
    return new Waterfall(
        ask,
        Strip.of(steps, whole, part, ask),
        slice,
        lines.waterfall(slice, shown),
        lines.open(steps),
        Show.duration(window.endNanos() - window.startNanos()),
        ask.rowsLink(),
        frame.links().steps(steps.getFirst().span().traceId()));
  }

  /** The rows of the waterfall, all of them: for the script that draws those in view. */
  StepRows rows() {
    List<Step> shown = steps.stream().filter(this::wanted).toList();
    return StepRows.of(shown, whole, ask.only().isEmpty());
  }

  /** The open step with its inside, or null when there is none. */
  @Nullable StepView open() {
    return lines(whole).open(steps);
  }

  /** The spans of these steps as they came, those folded into them included. */
  Raw raw(String download) {
    List<SpanData> spans =
        steps.stream()
            .<SpanData>mapMulti((step, into) -> {
              into.accept(step.span());
              step.folded().forEach(into);
            })
            .toList();
    Slice slice = Slice.of(spans.size(), ask.at(), -1);
    List<Raw.RawSpan> raw =
        slice.of(spans).stream()
            .map(
                span -> new Raw.RawSpan(span.spanId(), span.name(), Passage.data(RawJson.of(span))))
            .toList();
    return new Raw(ask, slice, raw, download);
  }

  /** So many lines of the story a filter takes. */
  static long count(List<Step> steps, String only) {
    return Steps.story(steps).stream().filter(step -> wanted(step, only)).count();
  }

  private StepLines lines(Window window) {
    return new StepLines(frame, ask, notes, window, steps);
  }

  private boolean wanted(Step step) {
    return wanted(step, ask.only());
  }

  private static boolean wanted(Step step, String only) {
    return switch (only) {
      case "failed" -> step.fault() != null;
      case "llm" -> step.kind() == SpanKind.MODEL;
      case "tool" -> step.kind() == SpanKind.TOOL;
      default -> true;
    };
  }

  private int indexOf(List<Step> among) {
    for (int i = 0; i < among.size(); i++) {
      if (among.get(i).span().spanId().equals(ask.step())) {
        return i;
      }
    }
    return -1;
  }

  private @Nullable Window zoom() {
    long[] millis = ask.zoom();
    if (millis == null) {
      return null;
    }
    long most = (whole.endNanos() - whole.startNanos()) / 1_000_000 + 1;
    return new Window(
        whole.startNanos() + Math.clamp(millis[0], 0, most) * 1_000_000,
        whole.startNanos() + Math.clamp(millis[1], 0, most) * 1_000_000);
  }

  /**
   * The time of these rows, so that their bars can be read; the steps above others reach further.
   */
  private Window around(List<Step> rows) {
    Set<String> above = new HashSet<>();
    steps.forEach(step -> above.add(String.valueOf(step.parentSpanId())));
    List<Step> leaves =
        rows.stream().filter(step -> !above.contains(step.span().spanId())).toList();
    return leaves.isEmpty() ? whole : whole(leaves, frame.now());
  }

  private static Window whole(List<Step> steps, Instant now) {
    long start = Long.MAX_VALUE;
    long end = Long.MIN_VALUE;
    for (Step step : steps) {
      SpanData span = step.span();
      start = Math.min(start, span.startNanos());
      long last =
          span.open() ? now.getEpochSecond() * 1_000_000_000L + now.getNano() : span.endNanos();
      end = Math.max(end, last);
    }
    return new Window(start, end);
  }
}
