package io.onlooker.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Attributes;
import io.onlooker.ErrorData;
import io.onlooker.GenAi;
import io.onlooker.LogData;
import io.onlooker.server.http.Response;
import io.onlooker.store.Batch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A stranger's text in every field that is shown: it stays text. */
final class HostileTest {

  private static final Set<String> FORBIDDEN =
      Set.of(
          "style", "iframe", "object", "embed", "base", "img", "math", "video", "audio", "frame");
  private static final Set<String> DRAWING =
      Set.of("svg", "path", "rect", "text", "g", "defs", "pattern", "a", "line", "circle");

  /** A text and its name in the file. */
  record Hostile(String id, String text) {

    @Override
    public String toString() {
      return id;
    }
  }

  static Stream<Hostile> texts() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            HostileTest.class.getResourceAsStream("/web/hostile-texts.jsonl"), "hostile texts")) {
      String file = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return file.lines().map(HostileTest::read).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("texts")
  void pages_showItAsText(Hostile hostile) {
    Site site = new Site();
    Recording recording = recording(hostile.text());
    site.store.append(new Batch(1, recording.items()));
    for (String path : paths(recording, hostile.text())) {
      Response response = site.ask(path);

      assertThat(response.status()).as(path).isIn(200, 303, 404);
      assertThat(response.headers().values()).allMatch(value -> value.matches("[\\x20-\\x7E]*"));
      assertHarmless(Site.page(response));
    }
  }

  @ParameterizedTest
  @MethodSource("texts")
  void attribute_isShownLetterForLetter(Hostile hostile) {
    Site site = new Site();
    Recording recording = recording(hostile.text());
    site.store.append(new Batch(1, recording.items()));
    String text = hostile.text();
    String shown = text.length() <= 2000 ? text : text.substring(0, 2000) + "…";

    Document page = site.page("/p/shop/sessions/" + recording.id(1) + "?step=" + recording.id(3));

    assertThat(page.select("details[open] .pairs td bdi").stream().map(Element::wholeText))
        .contains(Marks.show(shown));
  }

  private static List<String> paths(Recording recording, String text) {
    String session = "/p/shop/sessions/" + recording.id(1);
    String query = Links.encode(text.length() > 4000 ? text.substring(0, 4000) : text);
    List<String> paths =
        new ArrayList<>(
            List.of(
                "/p/shop/sessions",
                "/p/shop/sessions?q=" + query,
                "/p/shop/go?q=" + query,
                "/go/" + query,
                session,
                session + "?view=raw",
                session + "?step=" + query + "&only=" + query + "&view=" + query + "&sort=" + query,
                "/p/shop/traces/" + recording.traceId(),
                "/p/shop/conversations/" + query));
    for (int id = 1; id <= 3; id++) {
      paths.add(session + "?step=" + recording.id(id));
      paths.add(session + "?view=waterfall&step=" + recording.id(id));
      String step = "/p/shop/traces/" + recording.traceId() + "/steps/" + recording.id(id);
      paths.add(step);
      paths.add(step + "/read?part=input");
      paths.add(step + "?after=" + query);
    }
    return paths;
  }

  static void assertHarmless(Document page) {
    for (Element element : page.getAllElements()) {
      assertThat(FORBIDDEN).doesNotContain(element.normalName());
      for (Attribute attribute : element.attributes()) {
        assertThat(attribute.getKey()).doesNotStartWith("on").isNotEqualTo("style");
      }
      switch (element.normalName()) {
        case "script" -> assertThat(element.attr("src")).startsWith("/static/");
        case "link" -> assertThat(element.attr("href")).matches("/(static|p)/.*");
        case "form" -> assertThat(element.attr("action")).startsWith("/");
        case "a" -> assertSafeLink(element);
        case "svg" -> assertDrawing(element);
        default -> {}
      }
    }
    assertThat(Marks.show(page.wholeText())).isEqualTo(page.wholeText());
  }

  private static void assertSafeLink(Element link) {
    String href = link.attr("href");
    if (link.hasAttr("href") && !href.startsWith("/") && !href.startsWith("#")) {
      assertThat(href).matches("(https?://|mailto:).*");
      assertThat(link.attr("rel")).contains("noopener", "noreferrer", "nofollow");
    }
    assertThat(href).doesNotStartWith("//");
  }

  private static void assertDrawing(Element svg) {
    assertThat(svg.getAllElements()).allMatch(part -> DRAWING.contains(part.normalName()));
  }

  private static Hostile read(String line) {
    JsonNode json = new JsonMapper().readTree(line);
    JsonNode repeat = json.get("repeat");
    String text =
        repeat == null
            ? json.get("text").asString()
            : repeat.get("unit").asString().repeat(repeat.get("times").asInt());
    return new Hostile(json.get("id").asString(), text);
  }

  /** A run in which everything that can hold text holds this one. */
  static Recording recording(String text) {
    return recording(7, Site.NOW.minusSeconds(80), text);
  }

  static Recording recording(int seed, Instant start, String text) {
    Recording it = new Recording(seed, start);
    String root = it.nextId();
    long began = it.nanos();
    JsonMapper json = new JsonMapper();
    String quoted = json.writeValueAsString(text);
    String input =
        "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":" + quoted + "}]}]";
    String output =
        "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":"
            + quoted
            + "},{\"type\":\"reasoning\",\"content\":"
            + quoted
            + "},{\"type\":\"tool_call\",\"id\":\"1\",\"name\":"
            + quoted
            + ",\"arguments\":"
            + quoted
            + "},{\"type\":\"image_url\",\"content\":"
            + quoted
            + "}]}]";
    it.chat(
        root, 100, input, output, Map.of(GenAi.REQUEST_MODEL, text, GenAi.RESPONSE_MODEL, text));
    String tool = it.tool(root, text, 50, text, text, text);
    it.log(tool, LogData.Level.WARN, text);
    it.error(tool, text, text, List.of(new ErrorData.Frame(text, text, text, 1, true)));
    it.span(root, null, text, text, began, text, root(text, input, output));
    return it;
  }

  private static Map<String, Object> root(String text, String input, String output) {
    return Attributes.builder()
        .put(GenAi.OPERATION_TYPE, "agent")
        .put(GenAi.AGENT_NAME, text)
        .put(GenAi.USER_ID, text)
        .put(GenAi.CONVERSATION_ID, text)
        .put(GenAi.INPUT_MESSAGES, input)
        .put(GenAi.OUTPUT_MESSAGES, output)
        .put(GenAi.ERROR_TYPE, text)
        .put("sentry.release", text)
        .put("sentry.environment", text)
        .put(text, text)
        .build()
        .toMap();
  }
}
