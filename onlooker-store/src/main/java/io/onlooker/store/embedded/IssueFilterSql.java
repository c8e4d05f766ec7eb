package io.onlooker.store.embedded;

import io.onlooker.store.Filter.Value;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of issues, as {@link IssueSearch} selects them. */
final class IssueFilterSql implements RowFilterSql.Fields {

  private static final Map<String, String> COLUMNS =
      Map.of(
          "id", "id",
          "state", "shown_state",
          "type", "type",
          "failures", "failures",
          "sessions", "sessions",
          "users", "users",
          "span.name", "concat_ws(' ', type, message, place)");

  /** Fields of failures: an issue has those of each of its failures in the range. */
  private static final Map<String, String> OF_HITS =
      Map.of(
          "release", "release",
          "environment", "environment",
          "user.id", "user",
          "session", "session");

  private final Range range;

  IssueFilterSql(Range range) {
    this.range = range;
  }

  @Override
  public Sql expression(String name) {
    return switch (name) {
      case "agent", "tool", "model", "operation" ->
          Sql.of("CASE WHEN place_kind = '" + name + "' THEN place END");
      case "regressed" -> Sql.of("CASE WHEN regressed THEN 'true' ELSE 'false' END");
      default -> {
        String ofHits = OF_HITS.get(name);
        String column = COLUMNS.get(name);
        yield ofHits == null
            ? Sql.of(column == null ? "NULL" : column)
            : Sql.of("(SELECT max(h." + ofHits + ")").add(hits()).add(")");
      }
    };
  }

  @Override
  public boolean isNumber(String name) {
    return switch (name) {
      case "failures", "sessions", "users" -> true;
      default -> false;
    };
  }

  @Override
  public @Nullable Sql equal(String name, Value value) {
    String ofHits = OF_HITS.get(name);
    if (ofHits != null) {
      return Sql.of("EXISTS (SELECT 1")
          .add(hits())
          .add(" AND h." + ofHits + " = ")
          .bind(FilterSql.text(value))
          .add(")");
    }
    return name.equals("state")
        ? expression(name).add(" = ").bind(FilterSql.text(value).toLowerCase(Locale.ROOT))
        : null;
  }

  private Sql hits() {
    return Sql.of(" FROM issue_hit h WHERE h.project = ")
        .bind(range.project())
        .add(" AND h.issue = found.id AND h.same_as IS NULL AND h.time >= ")
        .bind(range.fromNanos())
        .add(" AND h.time < ")
        .bind(range.toNanos());
  }
}
