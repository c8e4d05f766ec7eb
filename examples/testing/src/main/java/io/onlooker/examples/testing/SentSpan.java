package io.onlooker.examples.testing;

import io.onlooker.test.CaptureServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A span as it went over the wire to Sentry.
 *
 * @param parent empty for the first of a trace
 * @param attributes those of the SDK's own left out
 */
public record SentSpan(
    String name,
    String op,
    String status,
    String origin,
    String trace,
    String id,
    String parent,
    Map<String, JsonNode> attributes) {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Spans of the requests that come, one at least, until there is one of each name. */
  public static List<SentSpan> take(CaptureServer server, String... names) {
    List<SentSpan> spans = new ArrayList<>();
    do {
      spans.addAll(of(server.take(PATIENCE)));
    } while (!spans.stream().map(SentSpan::name).toList().containsAll(Set.of(names)));
    return spans;
  }

  /** The first of this name. */
  public static SentSpan named(String name, List<SentSpan> spans) {
    return spans.stream()
        .filter(span -> span.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + ": missing (expected: among " + spans + ")"));
  }

  /** All attributes that spans of this name and operation have, each of them or only some. */
  public static Set<String> attributesOf(String name, String op, List<SentSpan> spans) {
    return spans.stream()
        .filter(span -> span.name().equals(name) && span.op().equals(op))
        .flatMap(span -> span.attributes().keySet().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** An attribute as text. */
  public String text(String attribute) {
    return attributes.containsKey(attribute) ? attributes.get(attribute).asString() : "";
  }

  private static List<SentSpan> of(CaptureServer.Request envelope) {
    return envelope
        .text()
        .lines()
        .map(line -> JsonMapper.shared().readTree(line))
        .filter(item -> item.path("type").asString("").equals("transaction"))
        .filter(item -> item.has("spans"))
        .flatMap(SentSpan::of)
        .toList();
  }

  private static Stream<SentSpan> of(JsonNode transaction) {
    JsonNode trace = transaction.path("contexts").path("trace");
    return Stream.concat(
        Stream.of(of(transaction.path("transaction").asString(""), trace)),
        transaction
            .path("spans")
            .valueStream()
            .map(span -> of(span.path("description").asString(""), span)));
  }

  private static SentSpan of(String name, JsonNode span) {
    return new SentSpan(
        name,
        span.path("op").asString(""),
        span.path("status").asString(""),
        span.path("origin").asString(""),
        span.path("trace_id").asString(""),
        span.path("span_id").asString(""),
        span.path("parent_span_id").asString(""),
        span.path("data")
            .propertyStream()
            .filter(entry -> !entry.getKey().startsWith("sentry."))
            .filter(entry -> !entry.getKey().equals("ai.span.type"))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }
}
