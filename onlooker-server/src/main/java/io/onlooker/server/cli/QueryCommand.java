package io.onlooker.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks a server for figures over spans. */
@Command(
    name = "query",
    description = "Asks a running server for figures over spans.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init")
public final class QueryCommand implements Callable<Integer> {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      defaultValue = "",
      paramLabel = "QUERY",
      description = "Which spans, such as 'op:gen_ai.chat'; all without one.")
  private String query;

  @Option(
      names = "--agg",
      defaultValue = "count()",
      paramLabel = "FIGURE",
      description = "A figure, such as 'p95(span.duration)'; may be repeated (${DEFAULT-VALUE}).")
  private List<String> figures;

  @Option(
      names = "--by",
      paramLabel = "GROUP",
      description = "What to group by, such as gen_ai.request.model; may be repeated.")
  private List<String> groups = List.of();

  @Option(
      names = "--since",
      defaultValue = "24h",
      description = "How far back: 90s, 15m, 24h, 7d (${DEFAULT-VALUE}).")
  private String since;

  @Option(names = "--step", description = "Also the figures of each such time: 5m, 1h.")
  private @Nullable String step;

  @Option(
      names = "--sort",
      paramLabel = "COLUMN",
      description = "A figure or group to sort by, with a minus in front for largest first.")
  private List<String> sort = List.of();

  @Option(names = "--limit", description = "Most rows to show, 1 to 1000.")
  private @Nullable Integer limit;

  @Option(
      names = "--no-other",
      description = "Leaves out the row of all groups behind the limit; --csv never has it.")
  private boolean noOther;

  @Option(
      names = "--compare",
      description = "Also each figure's change against the period before, in percent.")
  private boolean compare;

  @Option(
      names = "--explain",
      description = "Also tells how the query was understood and what it looked at.")
  private boolean explain;

  @ArgGroup private @Nullable Form form;

  @Mixin private ServerAddress server;

  /** How to print; a table for a person unless told. */
  static final class Form {
    @Option(names = "--json", description = "Prints the server's answer as it is.")
    private boolean json;

    @Option(names = "--table", description = "Prints columns for a person, as without any.")
    @SuppressWarnings("UnusedVariable")
    private boolean table;

    @Option(names = "--csv", description = "Prints values with commas between.")
    private boolean csv;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    String answer = server.post("/api/v1/query", body());
    PrintWriter out = spec.commandLine().getOut();
    lines(answer).forEach(out::println);
    if (explain) {
      explain(JSON.readTree(answer).path("explain"));
    }
    return 0;
  }

  private List<String> lines(String answer) {
    if (form != null && form.json) {
      return List.of(answer);
    }
    JsonNode result = JSON.readTree(answer);
    TextTable table = TextTable.of(result);
    if (form != null && form.csv) {
      return table.csv();
    }
    List<String> lines = new ArrayList<>(table.aligned());
    result.path("left_out").forEach(note -> lines.add(note.stringValue()));
    return lines;
  }

  /** Beside the answer, not in it, so that scripts can read that. */
  private void explain(JsonNode explanation) {
    PrintWriter err = spec.commandLine().getErr();
    explanation
        .properties()
        .forEach(fact -> err.println(fact.getKey() + ": " + Shown.text(fact.getValue())));
  }

  private String body() {
    ObjectNode body =
        JSON.createObjectNode().put("q", query).put("range", since).put("explain", explain);
    put(body, "aggregates", figures);
    put(body, "by", groups);
    put(body, "sort", sort);
    if (noOther || (form != null && form.csv)) {
      body.put("other", false);
    }
    if (compare) {
      body.put("compare", "previous");
    }
    if (step != null) {
      body.put("step", step);
    }
    if (limit != null) {
      body.put("limit", limit);
    }
    return body.toString();
  }

  private static void put(ObjectNode body, String name, List<String> values) {
    ArrayNode list = body.putArray(name);
    values.forEach(list::add);
  }
}
