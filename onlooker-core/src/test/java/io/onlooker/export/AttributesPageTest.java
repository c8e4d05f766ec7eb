package io.onlooker.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Attributes;
import io.onlooker.Details;
import io.onlooker.Documents;
import io.onlooker.SpanType;
import io.onlooker.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** {@code docs/attributes.md} has what the SDK writes, as it writes it. */
class AttributesPageTest {

  /** Text in the code that may be the name of an attribute or an operation. */
  private static final Pattern LITERAL =
      Pattern.compile(
          "\"((?:gen_ai|onlooker|workflow|processor|mcp|tool|ai|error|exception|sentry|user|server"
              + "|db|http|rpc|gcp|service|telemetry|deployment)\\.[a-z0-9_.]+)\"");

  /** Hosts, not names. */
  private static final Set<String> OTHERS = Set.of("sentry.io");

  private static final List<String> SDK =
      List.of(
          "onlooker-core",
          "onlooker-openai",
          "onlooker-anthropic",
          "onlooker-langchain4j",
          "onlooker-spring-ai",
          "onlooker-adk",
          "onlooker-mcp");

  private String page = "";

  @BeforeEach
  void read() throws IOException {
    page = Files.readString(Documents.root().resolve("docs/attributes.md"));
  }

  @Test
  void names_inTheCode_areOnThePage() throws IOException {
    Set<String> missing = new TreeSet<>();
    for (String module : SDK) {
      Path sources = Documents.root().resolve(module).resolve("src/main/java");
      for (Path source : Documents.files(sources, ".java")) {
        for (MatchResult name : LITERAL.matcher(Files.readString(source)).results().toList()) {
          if (!OTHERS.contains(name.group(1)) && !page.contains("`" + name.group(1))) {
            missing.add(name.group(1));
          }
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = SpanType.class,
      mode = Mode.EXCLUDE,
      names = {"MODEL_STEP", "MODEL_CHUNK", "GENERIC"})
  void type_isMappedAsThePageSays(SpanType type) {
    var span = Given.root(1, type).entity("x").ended().span();

    assertThat(page)
        .contains(
            "| `"
                + type
                + "` | `"
                + SpanNames.op(span)
                + "` | `"
                + SpanNames.operation(span)
                + "` | `"
                + SpanNames.operation(span)
                + " ");
  }

  /** The rows of the two spellings are those of the table in the code. */
  @Test
  void spellings_areThoseOfTheCode() {
    int twins = 0;
    for (List<String> row : rows("Two spellings")) {
      Attributes.Builder written = Attributes.builder();
      new Spelling(AttributeNames.BOTH).put(written, row.get(0), "x");
      if (written.build().size() == 2) {
        twins++;
        assertThat(written.has(row.get(1))).as(row.get(1)).isTrue();
      }
    }
    assertThat(twins).isEqualTo(6);
  }

  @Test
  void kinds_areThoseThatAreWritten() {
    Map<String, String> kinds = new TreeMap<>();
    for (String line : page.split("\n", -1)) {
      List<String> cells = cells(line);
      if (cells.size() >= 3) {
        boolean twoNames = cells.get(1).contains("`");
        kinds(kinds, cells.get(0), cells.get(twoNames ? 2 : 1));
        kinds(kinds, twoNames ? cells.get(1) : "", cells.get(2));
      }
    }

    Set<String> wrong = new TreeSet<>();
    for (Details details : everything()) {
      details.write((name, value) -> {
        if (value != null && !kinds.getOrDefault(name, "").contains(kind(value))) {
          wrong.add(name + ": " + kind(value) + ", the page says " + kinds.get(name));
        }
      });
    }
    assertThat(wrong).isEmpty();
  }

  /** Names and kinds stand in the same order; one kind may stand for all. */
  private static void kinds(Map<String, String> kinds, String names, String said) {
    List<String> all = new ArrayList<>();
    Pattern.compile("`([a-z_.0-9]+)`").matcher(names).results().forEach(m -> all.add(m.group(1)));
    String[] each = said.split(", ", -1);
    for (int i = 0; i < all.size(); i++) {
      kinds.putIfAbsent(all.get(i), each.length == all.size() ? each[i] : said);
    }
  }

  private static String kind(Object value) {
    if (value instanceof List) {
      return "list";
    }
    return value instanceof Boolean ? "boolean" : value instanceof Number ? "number" : "text";
  }

  private static List<Details> everything() {
    return List.of(
        Details.Agent.of("help", "lookup").maxSteps(5).conversationId("c"),
        new Details.Request(0.5, 10, 0.5, 0.5, 0.5, 0.5, List.of("stop"), 1L, true),
        Details.Response.of("id", "model", "stop").streamed(Duration.ofMillis(5)),
        new Details.Step("stop", true),
        new Details.Tool("call", "function", "says", true),
        new Details.McpServer("name", "1", "host"),
        Details.Status.ofWorkflow("running"),
        Details.Status.ofStep("running"),
        new Details.Conditional(1, List.of(0), List.of("a")),
        Details.Parallel.of("a"),
        new Details.Loop("foreach", 1, 2, 3),
        new Details.Guardrail("workflow", "input", 0),
        Usage.of(1, 2).cacheRead(1).cacheWrite(1).reasoning(1));
  }

  private List<List<String>> rows(String heading) {
    String section = page.substring(page.indexOf("## " + heading));
    String[] lines = section.substring(0, section.indexOf("\n## ")).split("\n", -1);
    List<List<String>> rows = new ArrayList<>();
    for (String line : lines) {
      List<String> cells = cells(line);
      if (!cells.isEmpty() && cells.get(0).contains("`")) {
        rows.add(List.of(first(cells.get(0)), first(cells.get(1))));
      }
    }
    return rows;
  }

  private static String first(String cell) {
    int from = cell.indexOf('`') + 1;
    return cell.substring(from, cell.indexOf('`', from));
  }

  private static List<String> cells(String line) {
    if (!line.startsWith("| ")) {
      return List.of();
    }
    String[] cells = line.substring(2).split(" \\|", -1);
    return List.of(cells).stream().map(String::strip).toList();
  }
}
