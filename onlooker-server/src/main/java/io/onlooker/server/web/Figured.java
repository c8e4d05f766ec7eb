package io.onlooker.server.web;

import io.onlooker.store.Aggregate;
import io.onlooker.store.Group;
import io.onlooker.store.query.AggregateParser;
import io.onlooker.store.query.GroupParser;
import io.onlooker.store.query.QueryException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which figures an address asks for.
 *
 * @param aggregateTexts as typed
 * @param byTexts as typed
 * @param aggregates those that could be read
 * @param by those that could be read
 * @param problems what could not be read, in sentences
 */
record Figured(
    List<String> aggregateTexts,
    List<String> byTexts,
    List<Aggregate> aggregates,
    List<Group> by,
    String viz,
    List<String> problems) {

  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> USUAL = List.of("count()", "p95(span.duration)");
  private static final int MOST = 6;

  static Figured of(Ask ask) {
    List<String> aggregateTexts = ask.all("agg").isEmpty() ? USUAL : ask.all("agg");
    List<String> problems = new ArrayList<>();
    List<Aggregate> aggregates = read(aggregateTexts, AggregateParser::parse, problems);
    List<Group> by = read(ask.all("by"), GroupParser::parse, problems);
    return new Figured(
        aggregateTexts, ask.all("by"), aggregates, by, viz(ask, aggregates), problems);
  }

  private static <T> List<T> read(
      List<String> texts, Function<String, T> parser, List<String> problems) {
    List<T> read = new ArrayList<>();
    for (String text : texts.stream().limit(MOST).toList()) {
      try {
        read.add(parser.apply(text));
      } catch (QueryException e) {
        problems.add(text + ": " + e.getMessage());
      }
    }
    return read;
  }

  private static String viz(Ask ask, List<Aggregate> aggregates) {
    String asked = ask.text("viz");
    boolean stacks = !aggregates.isEmpty() && Unit.addsUp(aggregates.getFirst());
    return List.of("line", "bar", "none").contains(asked) ? asked : stacks ? "bar" : "line";
  }

  /** What to send to the API for the same figures. */
  String body(Ask ask) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("q", ask.query());
    body.put("aggregates", aggregateTexts);
    body.put("by", byTexts);
    body.putAll(ask.range().parameters());
    body.put("step", ask.range().step().toSeconds() + "s");
    return JSON.writeValueAsString(body);
  }
}
