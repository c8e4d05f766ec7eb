package io.onlooker.store.embedded;

import io.onlooker.store.Score;
import io.onlooker.store.Score.Target;
import io.onlooker.store.Scores;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The scores as rows of the catalog. */
final class ScoreTable implements Scores {

  private static final String ADD = "INSERT OR REPLACE INTO score VALUES (?, ?, ?, ?, ?, ?, ?)";

  private final Database database;
  private final Gate gate;

  ScoreTable(Database database, Gate gate) {
    this.database = database;
    this.gate = gate;
  }

  @Override
  public void put(Score score) {
    gate.pass(() -> {
      database.write(connection ->
          Statements.once(
              connection,
              ADD,
              score.project(),
              score.id(),
              score.name(),
              Json.list(List.of(score.value())),
              score.comment(),
              text(score.target()),
              score.timeNanos()));
      return null;
    });
  }

  @Override
  public List<Score> of(int project, Set<Target> targets) {
    return gate.pass(() -> {
      List<Score> scores = new ArrayList<>();
      for (Target target : targets) {
        Sql sql = Sql.of("SELECT * FROM score WHERE project = ").bind(project);
        sql.add(" AND target = ").bind(text(target));
        scores.addAll(database.rows(sql, row -> score(row, target)));
      }
      scores.sort(Comparator.comparingLong(Score::timeNanos).thenComparing(Score::id));
      return scores;
    });
  }

  @Override
  public Set<Target> targets(int project) {
    return gate.pass(() -> {
      Sql sql = Sql.of("SELECT DISTINCT target FROM score WHERE project = ").bind(project);
      return new HashSet<>(database.rows(sql, row -> target(row.getString(1))));
    });
  }

  private static Score score(ResultSet row, Target target) throws SQLException {
    return new Score(
        row.getInt("project"),
        row.getString("id"),
        row.getString("name"),
        Json.list(row.getString("value")).getFirst(),
        row.getString("comment"),
        target,
        row.getLong("time"));
  }

  private static String text(Target target) {
    return switch (target) {
      case Target.OfSession(String id) -> "session " + id;
      case Target.OfSpan(String traceId, String spanId) -> "span " + traceId + spanId;
      case Target.OfTrace(String traceId) -> "trace " + traceId;
    };
  }

  private static Target target(String text) {
    int space = text.indexOf(' ');
    String id = text.substring(space + 1);
    return switch (text.substring(0, space)) {
      case "session" -> new Target.OfSession(id);
      case "span" -> new Target.OfSpan(id.substring(0, 32), id.substring(32));
      default -> new Target.OfTrace(id);
    };
  }
}
