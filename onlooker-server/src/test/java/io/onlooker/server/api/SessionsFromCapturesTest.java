package io.onlooker.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.SpanData;
import io.onlooker.server.ingest.Recording;
import io.onlooker.store.Session;
import io.onlooker.store.SessionFold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every captured run of an agent, from the bytes its client sent to the session it becomes: the
 * requests kept with the tests, and the whole collection where it lies beside the repository.
 */
class SessionsFromCapturesTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TestFactory
  Stream<DynamicTest> runs_haveTheirTokens() throws IOException {
    Path captures = folder();
    JsonNode requests = JSON.readTree(captures.resolve("index.json")).path("requests");
    Map<String, List<SpanData>> traces = traces(captures, requests);
    return requests
        .valueStream()
        .flatMap(request ->
            request.path("facts").path("runs").valueStream().map(run -> test(request, run, traces)))
        .filter(Objects::nonNull);
  }

  private static @Nullable DynamicTest test(
      JsonNode request, JsonNode run, Map<String, List<SpanData>> traces) {
    String root = run.path("root_span_id").stringValue();
    boolean agent = run.path("mastra_type").stringValue().startsWith("agent");
    if (!agent) {
      return null;
    }
    List<SpanData> spans = traces.getOrDefault(run.path("trace_id").stringValue(), List.of());
    return DynamicTest.dynamicTest(
        request.path("file").stringValue() + " " + root,
        () -> {
          Session session = session(spans, root);
          JsonNode tokens = run.path("tokens");
          assertThat(orZero(session.usage().inputTokens()))
              .isEqualTo(tokens.path("input").longValue());
          assertThat(orZero(session.usage().outputTokens()))
              .isEqualTo(tokens.path("output").longValue());
          assertThat(session.conversationId())
              .isEqualTo(run.path("conversation_id").asString(null));
        });
  }

  private static Session session(List<SpanData> spans, String root) {
    return SessionFold.fold(1, spans, 0).stream()
        .filter(session -> session.rootSpanId().equals(root))
        .findFirst()
        .orElseThrow(() -> new AssertionError("root span " + root + ": no session"));
  }

  private Map<String, List<SpanData>> traces(Path folder, JsonNode requests) throws IOException {
    Map<String, List<SpanData>> traces = new HashMap<>();
    for (JsonNode request : requests) {
      String file = request.path("file").stringValue();
      for (SpanData span : spans(file, Files.readAllBytes(folder.resolve(file)))) {
        traces.computeIfAbsent(span.traceId(), _ -> new ArrayList<>()).add(span);
      }
    }
    return traces;
  }

  private static long orZero(@Nullable Long tokens) {
    return tokens == null ? 0 : tokens;
  }

  private static Path folder() {
    Path beside = Path.of("../../shared/captures/mastra");
    return Files.isDirectory(beside) ? beside : Path.of("src/test/resources/captures/mastra");
  }

  /** The spans of one request as ingest admits them: decoded and normalised. */
  private static List<SpanData> spans(String file, byte[] body) {
    return new Recording(file, body)
        .items().stream().filter(SpanData.class::isInstance).map(SpanData.class::cast).toList();
  }
}
