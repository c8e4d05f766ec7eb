package io.onlooker.server.web;

import io.onlooker.SpanData;
import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.read.Step;
import io.onlooker.server.read.Steps;
import io.onlooker.store.Session;
import io.onlooker.store.Store;
import io.onlooker.store.TraceNotes;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds everything one session's page shows. */
final class OneSessionPage {

  private static final TraceNotes NONE = new TraceNotes(List.of(), List.of());

  private final Store store;

  OneSessionPage(Store store) {
    this.store = store;
  }

  SessionView session(Frame frame, int project, String id, StepAsk ask, Place place) {
    Session session = found(project, id);
    List<SpanData> spans = store.trace(project, session.traceId());
    TraceNotes notes = store.notes(project, session.traceId());
    List<Step> steps = Steps.ofRun(spans, session.rootSpanId());
    SessionRow row = new SessionRow(session, frame.titled(title(session), "sessions"), Map.of());
    return steps.isEmpty()
        ? withoutSteps(row, ask, place)
        : withSteps(
            row, ask, place, steps, Steps.withoutParent(spans, session.rootSpanId()), notes);
  }

  /** The rows of its waterfall. */
  StepRows rows(Frame frame, int project, String id, StepAsk ask) {
    Session session = found(project, id);
    List<SpanData> spans = store.trace(project, session.traceId());
    List<Step> steps = Steps.ofRun(spans, session.rootSpanId());
    List<Step> late = Steps.withoutParent(spans, session.rootSpanId());
    return new StepViews(frame, ask, shown(ask, steps, late), NONE).rows();
  }

  private Session found(int project, String id) {
    Session session = store.session(project, id);
    if (session == null) {
      throw new HttpProblem(
          404,
          "No such session",
          "session: " + id + " (expected: the id of a session of this project)");
    }
    return session;
  }

  private static SessionView withSteps(
      SessionRow row,
      StepAsk ask,
      Place place,
      List<Step> steps,
      List<Step> late,
      TraceNotes notes) {
    StepViews views = new StepViews(row.frame(), ask, shown(ask, steps, late), notes);
    String view = ask.view("story");
    Session.Texts texts = row.session().texts();
    Step root = steps.getFirst();
    Links links = row.frame().links();
    return new SessionView(
        row.frame(),
        row,
        ask,
        place,
        why(row, ask, steps),
        passage(root.input(), texts.input(), links.texts(root.span(), "input")),
        passage(root.output(), texts.output(), links.texts(root.span(), "output")),
        tabs(steps, ask, view),
        partial(ask, steps, late),
        view.equals("story") ? views.story() : null,
        view.equals("waterfall") ? views.waterfall() : null,
        view.equals("raw") ? views.raw(row.frame().links().raw(row.session().traceId())) : null);
  }

  /** A session that only the sessions API has told of so far. */
  private static SessionView withoutSteps(SessionRow row, StepAsk ask, Place place) {
    Session.Texts texts = row.session().texts();
    return new SessionView(
        row.frame(),
        row,
        ask,
        place,
        why(row, ask, List.of()),
        passage(null, texts.input(), null),
        passage(null, texts.output(), null),
        new SessionView.Tabs(ask.view("story"), "", 0, 0, 0, 0),
        null,
        null,
        null,
        null);
  }

  private static SessionView.Tabs tabs(List<Step> steps, StepAsk ask, String view) {
    return new SessionView.Tabs(
        view,
        ask.only(),
        StepViews.count(steps, ""),
        StepViews.count(steps, "llm"),
        StepViews.count(steps, "tool"),
        StepViews.count(steps, "failed"));
  }

  /**
   * Those whose parent has not come are shown when they are asked for, as long as there are any.
   */
  private static List<Step> shown(StepAsk ask, List<Step> steps, List<Step> late) {
    return ask.late() && !late.isEmpty() ? late : steps;
  }

  private static SessionView.@Nullable Partial partial(
      StepAsk ask, List<Step> steps, List<Step> late) {
    if (late.isEmpty()) {
      return null;
    }
    Set<String> all = new HashSet<>();
    Stream.of(steps, late).flatMap(List::stream).forEach(step -> all.add(step.span().spanId()));
    String text =
        Show.count(late.size())
            + " of "
            + Show.count(all.size())
            + (late.size() == 1
                ? " steps is missing its parent"
                : " steps are missing their parent")
            + ": it comes late, or was never sent";
    return new SessionView.Partial(text, ask.onlyLink(StepAsk.LATE));
  }

  private static SessionView.@Nullable Why why(SessionRow row, StepAsk ask, List<Step> steps) {
    Session session = row.session();
    boolean failed = session.status() == Session.Status.FAILED;
    Step step = failing(steps);
    String text = session.texts().failureReason();
    if (step != null && step.fault() != null) {
      text = step.fault().text();
    }
    if (text == null || (!failed && session.status() != Session.Status.RECOVERED)) {
      return null;
    }
    return new SessionView.Why(
        failed,
        text,
        step == null ? null : step.span().name(),
        step == null ? ask.viewLink("story") : ask.stepLink(step.span().spanId()),
        alike(row, session.texts().failureReason()));
  }

  /** The deepest failing step that failed last: those above it only pass its failure on. */
  private static @Nullable Step failing(List<Step> steps) {
    Step found = null;
    for (Step step : steps) {
      if (step.depth() > 0 && step.fault() != null) {
        boolean passedOn = found != null && step.depth() < found.depth();
        found = passedOn ? found : step;
      }
    }
    return found;
  }

  private static String alike(SessionRow row, @Nullable String reason) {
    String status = row.session().status() == Session.Status.FAILED ? "failed" : "recovered";
    String cause = reason == null ? "" : reason.lines().findFirst().orElse("");
    String text = cause.length() > 80 ? cause.substring(0, 80) : cause;
    String quoted = text.isBlank() ? "" : " \"" + text.replaceAll("[\"\\\\]", " ").strip() + '"';
    return row.frame().links().sessions(Map.of("q", "status:" + status + quoted, "range", "30d"));
  }

  private static @Nullable Passage passage(
      @Nullable String whole, @Nullable String preview, @Nullable TextSource source) {
    if (whole != null) {
      return Passage.prose(whole, source);
    }
    return preview == null ? null : Passage.prose(preview);
  }

  private static String title(Session session) {
    String agent = session.agentName() == null ? session.name() : session.agentName();
    return agent + " " + Show.id(session.id());
  }
}
