package io.onlooker.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.SpanData;
import io.onlooker.server.cost.Prices;
import io.onlooker.server.cost.Pricing;
import io.onlooker.server.ingest.Recording;
import io.onlooker.store.Session;
import io.onlooker.store.SessionFold;
import io.onlooker.store.span.RunTree;
import io.onlooker.store.span.SpanCost;
import io.onlooker.store.span.SpanKind;
import io.onlooker.store.span.SpanTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
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
  private static final Pricing PRICING = new Pricing(Prices.shipped());

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

  /** Whatever way a client speaks, the same run has the same tokens and cost. */
  @TestFactory
  Stream<DynamicTest> clientsOfOneScenario_giveTheSameTokensAndCost() throws IOException {
    Path captures = folder();
    JsonNode requests = JSON.readTree(captures.resolve("index.json")).path("requests");
    Map<String, Map<String, List<SpanData>>> clients = new TreeMap<>();
    for (JsonNode request : requests) {
      String file = request.path("file").stringValue();
      clients
          .computeIfAbsent(request.path("scenario").stringValue(), _ -> new TreeMap<>())
          .computeIfAbsent(request.path("client").stringValue(), _ -> new ArrayList<>())
          .addAll(spans(file, Files.readAllBytes(captures.resolve(file))));
    }
    return clients.entrySet().stream()
        .filter(scenario -> scenario.getValue().size() > 1)
        .map(scenario ->
            DynamicTest.dynamicTest(
                scenario.getKey() + " of " + scenario.getValue().keySet(),
                () ->
                    assertThat(bills(scenario.getValue()).values().stream().distinct())
                        .hasSize(1)));
  }

  private static Map<String, Bill> bills(Map<String, List<SpanData>> clients) {
    Map<String, Bill> bills = new TreeMap<>();
    clients.forEach((client, spans) -> bills.put(client, bill(spans)));
    return bills;
  }

  /** What the runs of one client come to; sub-agents stand in the run above them. */
  private record Bill(long input, long output, Session.Cost cost) {}

  private static Bill bill(List<SpanData> spans) {
    List<Session> top =
        traces(spans).values().stream()
            .flatMap(trace -> SessionFold.fold(1, trace, 0).stream())
            .filter(session -> session.parentSessionId() == null)
            .toList();
    return new Bill(
        top.stream().mapToLong(session -> orZero(session.usage().inputTokens())).sum(),
        top.stream().mapToLong(session -> orZero(session.usage().outputTokens())).sum(),
        top.stream().map(Session::cost).reduce(Session.Cost.NONE, Session.Cost::plus));
  }

  @TestFactory
  Stream<DynamicTest> sumsOverSessions_equalSumsOverModelSpans() throws IOException {
    Path captures = folder();
    JsonNode requests = JSON.readTree(captures.resolve("index.json")).path("requests");
    return traces(captures, requests).entrySet().stream()
        .map(trace ->
            DynamicTest.dynamicTest(
                trace.getKey(),
                () -> assertThat(bill(trace.getValue())).isEqualTo(modelSpans(trace.getValue()))));
  }

  private static Bill modelSpans(List<SpanData> spans) {
    RunTree tree = RunTree.of(spans);
    long input = 0;
    long output = 0;
    Session.Cost cost = Session.Cost.NONE;
    for (int i = 0; i < tree.size(); i++) {
      if (tree.kind(i) == SpanKind.MODEL) {
        SpanTokens tokens = SpanTokens.of(tree.span(i));
        SpanCost noted = SpanCost.of(tree.span(i));
        input += orZero(tokens.input());
        output += orZero(tokens.output());
        cost = cost.plus(new Session.Cost(noted.usd(), noted.missing() == null ? 0 : 1));
      }
    }
    return new Bill(input, output, cost);
  }

  private static Map<String, List<SpanData>> traces(List<SpanData> spans) {
    Map<String, List<SpanData>> traces = new HashMap<>();
    spans.forEach(span -> traces.computeIfAbsent(span.traceId(), _ -> new ArrayList<>()).add(span));
    return traces;
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
          assertThat(session.skewNanos()).isZero();
          assertTools(session, run.path("tools"), run.path("status").asString());
        });
  }

  /**
   * A run in which only a tool failed has recovered; the index says ok of it, as its client did.
   */
  private static void assertTools(Session session, JsonNode tools, String status) {
    List<String> failed =
        tools
            .valueStream()
            .filter(tool -> tool.path("status").asString().equals("error"))
            .map(tool -> tool.path("name").asString())
            .toList();
    assertThat(session.steps().total()).isGreaterThanOrEqualTo(tools.size());
    assertThat(session.steps().failed()).isGreaterThanOrEqualTo(failed.size());
    if (status.equals("error")) {
      assertThat(session.status()).isEqualTo(Session.Status.FAILED);
    } else if (!failed.isEmpty()) {
      assertThat(session.status()).isEqualTo(Session.Status.RECOVERED);
    }
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
        .items().stream()
            .filter(SpanData.class::isInstance)
            .map(SpanData.class::cast)
            .map(PRICING::price)
            .toList();
  }
}
