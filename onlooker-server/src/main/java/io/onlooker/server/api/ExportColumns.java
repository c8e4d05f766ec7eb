package io.onlooker.server.api;

import static io.onlooker.server.export.Column.Kind.ATTRIBUTE;
import static io.onlooker.server.export.Column.Kind.COUNT;
import static io.onlooker.server.export.Column.Kind.FLAG;
import static io.onlooker.server.export.Column.Kind.JSON;
import static io.onlooker.server.export.Column.Kind.NUMBER;
import static io.onlooker.server.export.Column.Kind.TEXT;
import static io.onlooker.server.export.Column.Kind.TIME;

import io.onlooker.server.export.Column;
import io.onlooker.server.export.Column.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The columns of exported tables: the members of what the API answers with. */
final class ExportColumns {

  private static final int MOST = 200;
  private static final int LONGEST = 200;

  static final List<Column> SESSIONS =
      Stream.of(
              columns(TEXT, "id", "trace_id", "root_span_id", "parent_session_id", "name"),
              columns(TEXT, "agent_name", "user_id", "conversation_id", "status"),
              columns(TIME, "started_at", "ended_at"),
              columns(NUMBER, "duration_ms", "clock_skew_ms"),
              columns(TEXT, "environment", "release", "input", "output", "failure_reason"),
              columns(COUNT, "steps", "failed_steps"),
              columns(COUNT, "input_tokens", "output_tokens", "total_tokens"),
              columns(NUMBER, "cost_usd"),
              columns(FLAG, "cost_is_lower_bound"),
              columns(NUMBER, "time_to_first_token_ms"),
              columns(JSON, "models"))
          .flatMap(part -> part)
          .toList();

  private static final List<Column> LOGS =
      Stream.of(columns(TIME, "time"), columns(TEXT, "level", "body", "trace_id", "span_id"))
          .flatMap(part -> part)
          .toList();

  private static final List<Column> SPANS =
      Stream.of(
              columns(TEXT, "trace_id", "span_id", "parent_span_id", "name", "op", "status"),
              columns(TEXT, "status_message"),
              columns(FLAG, "is_segment"),
              columns(TIME, "start", "end"),
              columns(NUMBER, "duration_ms"))
          .flatMap(part -> part)
          .toList();

  private ExportColumns() {}

  /** One column for each attribute that is asked for; all in one when none is. */
  static List<Column> ofSpans(Parameters parameters) {
    return withAttributes(SPANS, parameters, columns(JSON, "attributes", "events"));
  }

  /** As for spans. */
  static List<Column> ofLogs(Parameters parameters) {
    return withAttributes(LOGS, parameters, columns(JSON, "attributes"));
  }

  private static List<Column> withAttributes(
      List<Column> own, Parameters parameters, Stream<Column> all) {
    List<String> names = parameters.request().parameters("column");
    if (names.size() > MOST) {
      throw Problem.badParameter("column", names.size() + " of them", "at most " + MOST);
    }
    List<Column> columns = new ArrayList<>(own);
    for (String name : names) {
      boolean plain = name.length() <= LONGEST && name.chars().noneMatch(Character::isISOControl);
      if (name.isBlank() || !plain) {
        throw Problem.badParameter("column", name, "the name of an attribute");
      }
      columns.add(Column.of(name, ATTRIBUTE));
    }
    columns.addAll(names.isEmpty() ? all.toList() : List.of());
    return columns.stream().distinct().toList();
  }

  private static Stream<Column> columns(Kind kind, String... names) {
    return Stream.of(names).map(name -> Column.of(name, kind));
  }
}
