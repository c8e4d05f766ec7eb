package io.onlooker.server.web;

import io.onlooker.SpanData;
import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.http.Response;
import io.onlooker.server.read.Step;
import io.onlooker.server.read.Steps;
import io.onlooker.store.Store;
import io.onlooker.store.TraceNotes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds everything one trace's page shows, and gives out its exact data. */
final class TracePage {

  private static final int SESSIONS = 20;

  /** No SVG: that is a program. */
  private static final Set<String> PICTURES =
      Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

  private static final Pattern SPAN_ID = Pattern.compile("[0-9a-f]{16}");
  private static final TraceNotes NONE = new TraceNotes(List.of(), List.of());

  private final Store store;
  private final Found found;

  TracePage(Store store) {
    this.store = store;
    this.found = new Found(store);
  }

  TraceView trace(Frame frame, int project, String traceId, StepAsk ask) {
    List<SpanData> spans = spans(project, traceId);
    TraceNotes notes = store.notes(project, traceId);
    List<Step> steps = Steps.ofTrace(spans);
    Frame titled = frame.titled("Trace " + Show.id(traceId), "sessions");
    StepViews views = new StepViews(titled, ask, steps, notes);
    boolean raw = ask.view("waterfall").equals("raw");
    Set<String> shown =
        steps.stream().map(step -> step.span().spanId()).collect(Collectors.toSet());
    return new TraceView(
        titled,
        traceId,
        ask,
        titled.time(views.whole().startNanos()),
        Show.exactTime(views.whole().startNanos()),
        Show.duration(views.whole().endNanos() - views.whole().startNanos()),
        spans.size(),
        steps.stream().filter(step -> step.fault() != null).count(),
        sessions(titled, project, traceId),
        notes.logs().stream().filter(log -> outside(shown, log.spanId())).toList(),
        notes.errors().stream().filter(error -> outside(shown, error.spanId())).toList(),
        raw ? null : views.waterfall(),
        raw ? views.raw(frame.links().raw(traceId)) : null);
  }

  /** The rows of its waterfall. */
  StepRows rows(Frame frame, int project, String traceId, StepAsk ask) {
    return new StepViews(frame, ask, Steps.ofTrace(spans(project, traceId)), NONE).rows();
  }

  /**
   * One step, read without the rest of the trace where it is known what came before it.
   *
   * @param after the model call before it of the same agent, or null when that is to be found
   */
  OneStep step(Frame frame, int project, String traceId, String spanId, @Nullable String after) {
    List<SpanData> spans =
        after == null ? spans(project, traceId) : both(project, traceId, after, spanId);
    StepAsk ask = new StepAsk(frame.links().trace(traceId), Map.of("step", spanId));
    List<Step> steps = Steps.ofTrace(spans);
    StepView line =
        steps.isEmpty()
            ? null
            : new StepViews(frame, ask, steps, store.notes(project, traceId)).open();
    if (line == null) {
      throw new HttpProblem(
          404, "No such step", "step: " + spanId + " (expected: one of trace " + traceId + ")");
    }
    return new OneStep(frame.titled(line.name(), "sessions"), line, ask.stepLink(spanId));
  }

  private List<SpanData> both(int project, String traceId, String after, String spanId) {
    return Stream.of(after, spanId)
        .filter(SPAN_ID.asMatchPredicate())
        .map(id -> store.span(project, traceId, id))
        .filter(Objects::nonNull)
        .toList();
  }

  /** All of a trace as a file that no browser will show as a page. */
  Response raw(int project, String traceId) {
    List<SpanData> spans = spans(project, traceId);
    byte[] lines = RawJson.lines(spans, store.notes(project, traceId));
    return file("application/x-ndjson", "trace-" + traceId + ".ndjson", lines);
  }

  /** The exact text of one attribute, as a file. */
  Response attribute(int project, String traceId, String spanId, String attribute) {
    Object value = one(project, traceId, spanId).span().attributes().get(attribute);
    if (value == null) {
      throw noText("attribute: " + attribute, spanId);
    }
    return file(attribute + "-" + spanId, value.toString());
  }

  /** The exact text of one part of a step, as a file. */
  Response text(int project, String traceId, String spanId, String part) {
    return file(part + "-" + spanId, part(project, traceId, spanId, part));
  }

  /** A piece of that text, to read. */
  ReadView read(Frame frame, int project, String traceId, String spanId, String part, int from) {
    Links links = frame.links();
    String step = links.steps(traceId) + "/" + Links.encode(spanId);
    String text = part(project, traceId, spanId, part);
    return ReadView.of(frame, text, from, new TextSource(step, part), step);
  }

  /** Embedded data of that text; a browser shows it only where it is a picture. */
  Response media(int project, String traceId, String spanId, String part, int number) {
    Piece.Media media = Piece.media(part(project, traceId, spanId, part), number);
    if (media == null) {
      throw noText("embedded data: " + number + " of " + part, spanId);
    }
    byte[] bytes = Base64.getMimeDecoder().decode(media.base64());
    Response file = file(media.type(), "media-" + spanId, bytes);
    return PICTURES.contains(media.type()) ? file.with("content-disposition", "inline") : file;
  }

  private String part(int project, String traceId, String spanId, String part) {
    String text = StepText.of(one(project, traceId, spanId), part);
    if (text == null) {
      throw noText("part: " + part, spanId);
    }
    return text;
  }

  /** One step without what is around it. */
  private Step one(int project, String traceId, String spanId) {
    SpanData span = SPAN_ID.matcher(spanId).matches() ? store.span(project, traceId, spanId) : null;
    if (span == null) {
      throw new HttpProblem(
          404, "No such step", "step: " + spanId + " (expected: one of trace " + traceId + ")");
    }
    return Steps.ofTrace(List.of(span)).getFirst();
  }

  private static HttpProblem noText(String what, String spanId) {
    return new HttpProblem(404, "No such text", what + " (expected: one of span " + spanId + ")");
  }

  private static Response file(String name, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return file("text/plain; charset=utf-8", name + ".txt", bytes);
  }

  private List<SpanData> spans(int project, String traceId) {
    boolean id = traceId.matches("[0-9a-f]{32}");
    List<SpanData> spans = id ? store.trace(project, traceId) : List.of();
    if (spans.isEmpty()) {
      throw new HttpProblem(
          404,
          "No such trace",
          "trace: " + traceId + " (expected: the id of a trace of this project)");
    }
    return spans;
  }

  private List<SessionRow> sessions(Frame frame, int project, String traceId) {
    return found.ofTrace(project, traceId, frame.now(), SESSIONS).sessions().stream()
        .map(session -> new SessionRow(session, frame, Map.of()))
        .toList();
  }

  private static boolean outside(Set<String> shown, @Nullable String spanId) {
    return spanId == null || !shown.contains(spanId);
  }

  private static Response file(String type, String name, byte[] body) {
    String safe = name.replaceAll("[^A-Za-z0-9.-]", "_");
    return Response.of(200, type, body)
        .with("content-disposition", "attachment; filename=\"" + safe + '"')
        .with("content-security-policy", "default-src 'none'; sandbox")
        .with("x-content-type-options", "nosniff")
        .with("cache-control", "no-store");
  }
}
