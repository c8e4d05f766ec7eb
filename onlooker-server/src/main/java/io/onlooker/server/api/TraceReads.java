package io.onlooker.server.api;

import io.onlooker.SpanData;
import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import io.onlooker.store.Score;
import io.onlooker.store.Store;
import io.onlooker.store.TraceNotes;
import java.util.List;
import java.util.function.ToIntFunction;

/** Reads one trace: its spans, and what was logged in it. */
record TraceReads(Store store, ToIntFunction<Request> projectOf) {

  Response spans(Request request) {
    int project = projectOf.applyAsInt(request);
    String asked = request.route("traceId");
    String traceId = Parameters.traceId("traceId", asked);
    List<SpanData> spans = Problem.asking(() -> store.trace(project, traceId));
    if (spans.isEmpty()) {
      throw Problem.notFound("traceId", asked);
    }
    List<Score> scores = ScoreJson.of(store, project, spans);
    return JsonOut.object(out -> {
      out.text("trace_id", traceId).objects("spans", spans, new SpanJson(out)::members);
      ScoreJson.write(out, scores);
    });
  }

  /** The log lines and errors of a trace; none of both is an answer when it has spans. */
  Response notes(Request request) {
    int project = projectOf.applyAsInt(request);
    String asked = new Parameters(request).text("trace");
    if (asked == null) {
      throw Problem.missing("trace", "a trace's id, 32 hexadecimal digits");
    }
    String traceId = Parameters.traceId("trace", asked);
    TraceNotes notes = Problem.asking(() -> store.notes(project, traceId));
    boolean none = notes.logs().isEmpty() && notes.errors().isEmpty();
    if (none && Problem.asking(() -> store.trace(project, traceId)).isEmpty()) {
      throw Problem.notFound("trace", asked);
    }
    return JsonOut.object(out -> {
      NoteJson json = new NoteJson(out);
      out.text("trace_id", traceId)
          .objects("logs", notes.logs(), json::log)
          .objects("errors", notes.errors(), json::error);
    });
  }
}
