package io.onlooker.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Events that Mastra gave its exporters in one run, sent by ours, beside the envelopes its own
 * exporter sent in the same run.
 */
class MastraCaptureTest {

  private static final Path FOLDER = Path.of("src/test/resources/mastra");

  static Stream<String> scenarios() {
    return Stream.of(
        "agentFails",
        "agentStream",
        "agentTools3step",
        "anthropicCache",
        "customSpans",
        "toolThrows",
        "workflowMixed");
  }

  /** One span and those below, in the order of their times; ids are left out. */
  record Node(ReceivedSpan span, List<Node> children) {}

  @Test
  void spans_differOnlyAsDocumented() throws Exception {
    Set<String> differences = new TreeSet<>();
    for (String scenario : scenarios().toList()) {
      List<Node> theirs = forest(captured(scenario).stream().flatMap(Received::spans).toList());
      List<Node> ours = forest(sent(scenario).stream().flatMap(Received::spans).toList());
      compare(scenario, theirs, ours, differences);
    }

    assertThat(differences).containsExactlyElementsOf(documented());
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void errors_same(String scenario) throws Exception {
    assertThat(errors(sent(scenario))).isEqualTo(errors(captured(scenario)));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void errors_pointAtTheSpanThatFailed(String scenario) throws Exception {
    List<Received> sent = sent(scenario);
    Set<String> failed =
        sent.stream()
            .flatMap(Received::spans)
            .filter(span -> span.attributes().containsKey("error.message"))
            .map(span -> span.traceId() + span.id())
            .collect(Collectors.toSet());

    Set<String> pointedAt =
        sent.stream()
            .flatMap(envelope -> envelope.payloads("event"))
            .map(event -> event.path("contexts").path("trace"))
            .map(trace -> trace.path("trace_id").asString() + trace.path("span_id").asString())
            .collect(Collectors.toSet());

    assertThat(pointedAt).isEqualTo(failed);
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void breadcrumbs_same(String scenario) throws Exception {
    assertThat(breadcrumbs(sent(scenario))).isEqualTo(breadcrumbs(captured(scenario)));
  }

  private static List<Received> captured(String scenario) throws IOException {
    List<Received> envelopes = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      String start = scenario + ".new.";
      for (Path file :
          files.filter(f -> f.getFileName().toString().startsWith(start)).sorted().toList()) {
        if (file.toString().endsWith(".envelope")) {
          envelopes.add(Received.parse(Files.readAllBytes(file)));
        }
      }
    }
    return envelopes;
  }

  private static List<Received> sent(String scenario) throws IOException {
    try (Receiver receiver = new Receiver()) {
      SentryExporter exporter =
          SentryExporter.builder()
              .dsn(receiver.dsn())
              .environment("test")
              .release("demo@1.0.0")
              .build();
      RecordedEvents recorded = RecordedEvents.read(FOLDER.resolve(scenario + ".new.events.jsonl"));
      recorded.replay(exporter);
      assertThat(recorded.problems()).isEmpty();
      assertThat(exporter.shutdown(Duration.ofSeconds(20))).isTrue();
      return receiver.envelopes();
    }
  }

  private static List<Node> forest(List<ReceivedSpan> spans) {
    Set<String> ids = spans.stream().map(ReceivedSpan::id).collect(Collectors.toSet());
    return children(spans, span -> span.parent() == null || !ids.contains(span.parent()));
  }

  private static List<Node> children(
      List<ReceivedSpan> all, java.util.function.Predicate<ReceivedSpan> chosen) {
    return all.stream()
        .filter(chosen)
        .sorted(
            Comparator.comparingDouble(ReceivedSpan::start)
                .thenComparingDouble(ReceivedSpan::end)
                .thenComparing(ReceivedSpan::op)
                .thenComparing(span -> span.text("input"))
                .thenComparing(span -> span.text("output")))
        .map(span -> new Node(span, children(all, child -> span.id().equals(child.parent()))))
        .toList();
  }

  private static void compare(
      String scenario, List<Node> theirs, List<Node> ours, Set<String> differences) {
    assertThat(ours).as(scenario).hasSameSizeAs(theirs);
    for (int i = 0; i < theirs.size(); i++) {
      ReceivedSpan their = theirs.get(i).span();
      ReceivedSpan our = ours.get(i).span();
      assertThat(our.start()).isEqualTo(their.start());
      assertThat(our.end()).isEqualTo(their.end());
      assertThat(our.op()).isEqualTo(their.op());
      assertThat(outcome(our)).isEqualTo(outcome(their));
      if (!our.name().equals(their.name())) {
        differences.add(their.op() + " | name | other value");
      }
      attributes(their, our, differences);
      compare(scenario, theirs.get(i).children(), ours.get(i).children(), differences);
    }
  }

  /** A v2 span says error where a transaction says why. */
  private static String outcome(ReceivedSpan span) {
    return span.status().equals("internal_error") ? "error" : span.status();
  }

  private static void attributes(ReceivedSpan their, ReceivedSpan our, Set<String> differences) {
    Set<String> names = new TreeSet<>(their.attributes().keySet());
    names.addAll(our.attributes().keySet());
    for (String name : names) {
      String difference = difference(their.attribute(name), our.attribute(name));
      if (difference != null) {
        String shown = name.startsWith("mastra.") ? "mastra.*" : name;
        differences.add(their.op() + " | " + shown + " | " + difference);
      }
    }
  }

  private static @Nullable String difference(@Nullable JsonNode their, @Nullable JsonNode our) {
    if (their == null) {
      return "only ours";
    }
    if (our == null) {
      return "only theirs";
    }
    if (their.isNumber() && our.isNumber()) {
      return their.asDouble() == our.asDouble() ? null : "other value";
    }
    return their.equals(our) ? null : "other value";
  }

  private static List<String> errors(List<Received> envelopes) {
    return envelopes.stream()
        .flatMap(envelope -> envelope.payloads("event"))
        .map(event ->
            event.path("level").asString()
                + " "
                + event.path("exception").path("values").path(0).path("value").asString()
                + " "
                + event.path("contexts").path("span_info").path("name").asString())
        .sorted()
        .toList();
  }

  private static List<String> breadcrumbs(List<Received> envelopes) {
    return envelopes.stream()
        .flatMap(envelope -> envelope.payloads("transaction"))
        .flatMap(transaction -> transaction.path("breadcrumbs").valueStream())
        .filter(crumb -> !Set.of("http", "console").contains(crumb.path("category").asString()))
        .map(crumb ->
            String.join(
                " ",
                crumb.path("timestamp").asString(),
                crumb.path("category").asString(),
                crumb.path("message").asString(),
                crumb.path("level").asString(),
                crumb.path("data").path("output").asString()))
        .toList();
  }

  /** The rows of the table in RATIONALE-export.md: operation, what, how. */
  private static Set<String> documented() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("RATIONALE-export.md"))) {
      return lines
          .filter(line -> line.startsWith("| `"))
          .map(line -> line.split("\\|", -1))
          .flatMap(MastraCaptureTest::rows)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Stream<String> rows(String[] cells) {
    String[] operations = cells[1].replace("`", "").strip().split(", ");
    String[] names = cells[2].replace("`", "").strip().split(", ");
    return Stream.of(operations)
        .flatMap(op -> Stream.of(names).map(name -> op + " | " + name + " | " + cells[3].strip()));
  }
}
