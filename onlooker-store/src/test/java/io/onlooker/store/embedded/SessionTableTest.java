package io.onlooker.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.SpanData;
import io.onlooker.store.Field;
import io.onlooker.store.Filter;
import io.onlooker.store.Session;
import io.onlooker.store.Spans;
import io.onlooker.store.issue.FailureFold.Folded;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTableTest {

  private static final long START = Spans.nanos(Spans.NOON);
  private static final long TEN_MINUTES = 600_000_000_000L;
  private static final Sql ALL = Sql.of("TRUE ORDER BY start DESC, id");

  @TempDir Path folder;
  private Database database;
  private SessionTable table;

  @BeforeEach
  void open() {
    database = new Database(folder.resolve("catalog.db"));
    table = new SessionTable(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void session_comesBackEqual() {
    Session session = session("a", Session.Status.RECOVERED, START + 5);

    keep(1, START, session);

    assertThat(table.find(ALL, START)).containsExactly(session);
  }

  @Test
  void session_replaced() {
    keep(
        1,
        START,
        session("a", Session.Status.RUNNING, SpanData.OPEN),
        session("b", Session.Status.FAILED, 9));

    keep(1, START, session("a", Session.Status.COMPLETED, 7));

    assertThat(table.find(ALL, START)).containsExactly(session("a", Session.Status.COMPLETED, 7));
  }

  @Test
  void session_lostWithoutNews() {
    keep(1, START, session("a", Session.Status.RUNNING, SpanData.OPEN));

    assertThat(table.find(ALL, START + TEN_MINUTES))
        .extracting(Session::status)
        .containsExactly(Session.Status.RUNNING);
    assertThat(table.find(ALL, START + TEN_MINUTES + 1))
        .extracting(Session::status)
        .containsExactly(Session.Status.LOST);
    assertThat(withStatus("running", START + TEN_MINUTES)).hasSize(1);
    assertThat(withStatus("running", START + TEN_MINUTES + 1)).isEmpty();
    assertThat(withStatus("LOST", START + TEN_MINUTES + 1)).hasSize(1);
  }

  @Test
  void session_byModel() {
    keep(1, START, session("a", Session.Status.COMPLETED, 7));

    assertThat(matching(new Filter.Equal(model(), List.of(new Filter.Value.Text("gpt-4o")))))
        .hasSize(1);
    assertThat(matching(new Filter.Equal(model(), List.of(new Filter.Value.Text("gpt")))))
        .isEmpty();
    assertThat(matching(new Filter.Matches(model(), new Filter.Pattern(List.of("", "haiku", "")))))
        .hasSize(1);
    assertThat(
            matching(
                new Filter.Compare(new Field.Attribute("tokens"), Filter.Comparison.GREATER, 299)))
        .hasSize(1);
  }

  private static Field model() {
    return new Field.Attribute("model");
  }

  private List<Session> withStatus(String status, long now) {
    Filter filter = new Filter.Equal(Field.Column.STATUS, List.of(new Filter.Value.Text(status)));
    return table.find(new SessionFilterSql(now).condition(filter), now);
  }

  private List<Session> matching(Filter filter) {
    return table.find(new SessionFilterSql(START).condition(filter), START);
  }

  private void keep(int trace, long news, Session... sessions) {
    Map<TraceKey, SessionTable.OfTrace> change = new HashMap<>();
    change.put(
        Ids.trace(1, Spans.trace(trace)),
        new SessionTable.OfTrace(List.of(sessions), news, Folded.NONE, Map.of()));
    database.write(connection -> SessionTable.replace(connection, change));
  }

  private static Session session(String id, Session.Status status, long endNanos) {
    return new Session(
        1,
        id,
        Spans.trace(1),
        Spans.span(1),
        "parent",
        "support",
        "agent",
        "ann",
        "c1",
        status,
        START,
        endNanos,
        new Session.Texts("in", "out", "why"),
        new Session.Steps(7, 2),
        new Session.Usage(100L, 200L, 300L, 12.5),
        new Session.Cost(new BigDecimal("0.0123"), 1),
        List.of("gpt-4o", "claude-haiku"),
        "production",
        "1.0",
        3_000_000_000L);
  }
}
