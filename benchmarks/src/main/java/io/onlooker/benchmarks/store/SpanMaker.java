package io.onlooker.benchmarks.store;

import io.onlooker.Attributes;
import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes up spans, one after another. */
final class SpanMaker {

  private static final List<String> MODELS =
      List.of("opus-4", "sonnet-4", "gpt-5", "gpt-5-mini", "gemini-3-pro", "llama-4-70b");
  private static final List<String> PROVIDERS =
      List.of("anthropic", "anthropic", "openai", "openai", "google", "meta");
  private static final List<String> ENVIRONMENTS = List.of("production", "staging", "dev");
  private static final List<String> ERRORS =
      List.of("timeout", "ValueError", "RateLimitError", "ConnectionError");
  private static final List<String> ROUTES = numbered(120, "/api/v1/resource_%d/{id}");
  private static final List<String> RELEASES = numbered(30, "shop@2.%d.0");
  private static final List<String> SERVERS = numbered(50, "server-%d.pool.internal");
  private static final double SPREAD_OF_DURATIONS = 1.6;

  private final SplittableRandom random;
  private final Texts texts;
  private final String[] conversations = new String[200];

  /** What all spans of a trace have in common. */
  record Run(
      boolean agent,
      String traceId,
      String rootId,
      String route,
      String environment,
      String release,
      String server,
      String user,
      @Nullable String conversation,
      String agentName) {}

  SpanMaker(SplittableRandom random, Texts texts) {
    this.random = random;
    this.texts = texts;
    for (int i = 0; i < conversations.length; i++) {
      conversations[i] = "conv_" + id();
    }
  }

  private static List<String> numbered(int count, String pattern) {
    return IntStream.range(0, count).mapToObj(pattern::formatted).toList();
  }

  Run begin(boolean agent) {
    int talk = random.nextInt(conversations.length);
    if (random.nextInt(20) == 0) {
      conversations[talk] = "conv_" + id();
    }
    return new Run(
        agent,
        id() + id(),
        id(),
        skewed(ROUTES),
        random.nextInt(10) < 7 ? ENVIRONMENTS.getFirst() : any(ENVIRONMENTS),
        any(RELEASES),
        any(SERVERS),
        "user-" + (100_000 + random.nextInt(20_000) * 37),
        agent ? conversations[talk] : null,
        "agent-" + random.nextInt(15));
  }

  SpanData span(Run run, Operation operation, boolean root, long start) {
    boolean failed = random.nextInt(100) < 2;
    Attributes.Builder attributes = Attributes.builder();
    common(attributes, run, failed);
    own(attributes, run, operation, failed);
    tail(attributes, operation);
    return new SpanData(
        run.traceId(),
        root ? run.rootId() : id(),
        root ? null : run.rootId(),
        skewed(operation.names()),
        operation.op(),
        start,
        start + duration(operation),
        failed ? SpanStatus.error("internal_error") : SpanStatus.OK,
        root,
        attributes.build(),
        List.of());
  }

  /** Log-normal, nearly. */
  private long duration(Operation operation) {
    double normal = random.nextDouble() + random.nextDouble() + random.nextDouble();
    normal += random.nextDouble() - 2;
    double millis = operation.typicalMillis() * Math.exp(normal * SPREAD_OF_DURATIONS);
    return Math.round(millis * 1_000) * 1_000;
  }

  private void common(Attributes.Builder attributes, Run run, boolean failed) {
    attributes
        .put("sentry.transaction", run.route())
        .put("sentry.environment", run.environment())
        .put("sentry.release", run.release())
        .put("server.address", run.server())
        .put("sentry.platform", run.agent() ? "python" : "java")
        .put("sentry.sdk.name", run.agent() ? "sentry.python" : "sentry.java.spring-boot")
        .put("user.id", run.user())
        .put("gen_ai.conversation.id", run.conversation())
        .put("error.type", failed ? any(ERRORS) : null);
  }

  private void own(Attributes.Builder attributes, Run run, Operation operation, boolean failed) {
    if (operation.op().startsWith("gen_ai.")) {
      attributes.put("gen_ai.agent.name", run.agentName());
    }
    switch (operation.op()) {
      case "gen_ai.chat" -> chat(attributes);
      case "gen_ai.execute_tool" ->
          attributes.put("gen_ai.tool.name", "tool_" + random.nextInt(1 + random.nextInt(40)));
      case "http.server", "http.client" ->
          attributes
              .put("http.request.method", random.nextInt(4) == 0 ? "POST" : "GET")
              .put("http.response.status_code", failed ? 500 : 200);
      case "db.query" -> attributes.put("db.system.name", "postgresql");
      case "search" -> attributes.put("performance.slow", random.nextInt(10) == 0);
      default -> {}
    }
  }

  private void chat(Attributes.Builder attributes) {
    int model = random.nextInt(MODELS.size());
    int input = 200 + random.nextInt(9_000);
    int output = 20 + random.nextInt(1_500);
    attributes
        .put("gen_ai.request.model", MODELS.get(model))
        .put("gen_ai.provider.name", PROVIDERS.get(model))
        .put("gen_ai.usage.input_tokens", input)
        .put("gen_ai.usage.output_tokens", output)
        .put("gen_ai.cost.total_tokens", (input * 3 + output * 15) / 1e6);
    if (random.nextInt(100) == 0) {
      attributes
          .put("gen_ai.input.messages", texts.passage(random))
          .put("gen_ai.output.messages", texts.passage(random));
    }
  }

  private void tail(Attributes.Builder attributes, Operation operation) {
    int texts = operation.textKeys().size();
    int first = random.nextInt(texts);
    for (int i = 0; i < 6; i++) {
      int place = (first + i * 5) % texts;
      attributes.put(operation.textKeys().get(place), any(Operation.values(place)));
    }
    attributes.put("request.id", id());
    int numbers = operation.numberKeys().size();
    first = random.nextInt(numbers);
    for (int i = 0; i < 3; i++) {
      int place = (first + i * 3) % numbers;
      attributes.put(operation.numberKeys().get(place), number(place));
    }
    attributes.put("app.flag_" + operation.op().length() % 4, random.nextBoolean());
  }

  private Object number(int place) {
    return place % 2 == 0
        ? (Object) (long) random.nextInt(100_000)
        : (Object) (random.nextInt(1_000_000) / 1e3);
  }

  private String any(List<String> values) {
    return values.get(random.nextInt(values.size()));
  }

  /** The first ones more often than the last. */
  private String skewed(List<String> values) {
    double rank = random.nextDouble();
    return values.get((int) (values.size() * rank * rank));
  }

  private String id() {
    return HexFormat.of().toHexDigits(random.nextLong());
  }
}
