package io.onlooker.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.store.Filter;
import io.onlooker.store.Session;
import io.onlooker.store.SessionPage;
import io.onlooker.store.SessionQuery;
import io.onlooker.store.SessionQuery.Order;
import io.onlooker.store.Spans;
import io.onlooker.store.issue.FailureFold.Folded;
import io.onlooker.store.query.QueryParser;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages of more sessions than are sorted at once: none missing, none twice, none read in vain. */
class SessionSearchTest {

  private static final int SESSIONS = 3_000;
  private static final long START = Spans.nanos(Spans.NOON);
  private static final long NOW = START + 1;
  private static final Range ALL = new Range(1, Long.MIN_VALUE, Long.MAX_VALUE);
  private static final List<Session> KEPT = new ArrayList<>();

  @TempDir static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static Database database;

  @SuppressWarnings("NullAway.Init")
  private static SessionSearch search;

  @BeforeAll
  static void fill() {
    database = new Database(folder.resolve("catalog.db"));
    search = new SessionSearch(new SessionTable(database));
    Random random = new Random(1);
    Map<TraceKey, SessionTable.OfTrace> change = new HashMap<>();
    for (int i = 0; i < SESSIONS; i++) {
      Session session = session(i, random);
      KEPT.add(session);
      change.put(
          Ids.trace(1, session.traceId()),
          new SessionTable.OfTrace(List.of(session), START, Folded.NONE, Map.of()));
    }
    database.write(connection -> SessionTable.replace(connection, change));
  }

  @AfterAll
  static void close() {
    database.close();
    KEPT.clear();
  }

  @ParameterizedTest
  @CsvSource({
    "STARTED, true, ''", "STARTED, false, ''", "STARTED, true, status:failed",
    "DURATION, true, ''", "DURATION, false, ''", "DURATION, true, user.id:ann-3",
    "TOKENS, true, ''", "TOKENS, false, ''", "TOKENS, true, status:failed agent:a",
    "COST, true, ''", "COST, false, ''", "COST, false, agent:a tokens:>2"
  })
  void pages_haveEachSessionOnceInOrder(Order order, boolean descending, String q) {
    List<String> found = new ArrayList<>();
    String cursor = null;
    do {
      SessionPage page = search.find(query(order, descending, q, cursor), ALL, NOW);
      page.sessions().forEach(session -> found.add(session.id()));
      cursor = page.cursor();
    } while (cursor != null);

    assertThat(found).containsExactlyElementsOf(expected(order, descending, q));
  }

  @ParameterizedTest
  @CsvSource({
    "STARTED, '', session_by_start", "STARTED, status:failed, session_by_status",
    "STARTED, agent:a, session_by_agent", "STARTED, user.id:ann-3, session_by_user",
    "STARTED, conversation:c, session_by_conversation", "STARTED, release:1, session_by_release",
    "DURATION, '', session_by_duration", "TOKENS, '', session_by_tokens",
    "COST, '', session_by_cost"
  })
  void pages_areReadByAnIndexInItsOrder(Order order, String q, String index) {
    String first = search.find(query(order, true, "", null), ALL, NOW).cursor();

    for (String cursor : new String[] {null, first}) {
      Sql statement = search.statement(query(order, true, q, cursor), ALL, NOW);

      assertThat(plan(statement).getFirst()).contains("USING INDEX " + index + " ");
      assertThat(plan(statement)).noneMatch(step -> step.contains("B-TREE FOR ORDER BY"));
    }
  }

  @Test
  void rangeOfFew_isReadByItsTimes() {
    Range some = new Range(1, START, START + 100);

    Sql statement = search.statement(query(Order.DURATION, true, "", null), some, NOW);

    assertThat(plan(statement)).anyMatch(step -> step.contains("session_by_start"));
    assertThat(search.find(query(Order.DURATION, true, "", null), some, NOW).sessions())
        .hasSize(100)
        .isSortedAccordingTo(Comparator.comparingDouble(Session::durationMillis).reversed());
  }

  @Test
  void count_goesNoFurtherThanAsked() {
    assertThat(search.count(query(Order.STARTED, true, "", null), ALL, NOW, 10)).isEqualTo(10);
    assertThat(search.count(query(Order.STARTED, true, "", null), ALL, NOW, 10_000))
        .isEqualTo(SESSIONS);
  }

  private static List<String> plan(Sql statement) {
    return database.rows(
        Sql.of("EXPLAIN QUERY PLAN ").add(statement), row -> row.getString("detail"));
  }

  private static List<String> expected(Order order, boolean descending, String q) {
    Comparator<Session> comparator =
        Comparator.<Session>comparingDouble(session -> value(session, order))
            .thenComparing(Session::traceId)
            .thenComparing(Session::id);
    return KEPT.stream()
        .filter(session -> !q.contains("failed") || session.status() == Session.Status.FAILED)
        .filter(session -> !q.contains("agent:a") || "a".equals(session.agentName()))
        .filter(session -> !q.contains("ann-3") || "ann-3".equals(session.userId()))
        .filter(session -> !q.contains("tokens:>2") || value(session, Order.TOKENS) > 2)
        .sorted(descending ? comparator.reversed() : comparator)
        .map(Session::id)
        .toList();
  }

  private static double value(Session session, Order order) {
    Long tokens = session.usage().totalTokens();
    BigDecimal usd = session.cost().usd();
    return switch (order) {
      case STARTED -> session.startNanos() - START;
      case DURATION -> session.durationMillis();
      case TOKENS -> tokens == null ? -1 : tokens;
      case COST -> usd == null ? -1 : usd.doubleValue();
    };
  }

  private static SessionQuery query(
      Order order, boolean descending, String q, @Nullable String cursor) {
    Filter filter = QueryParser.parseSessions(q);
    return new SessionQuery(1, filter, Instant.MIN, Instant.MAX, order, descending, 700, cursor);
  }

  /** Many share a duration, tokens or cost, so that pages must tell equal ones apart. */
  private static Session session(int number, Random random) {
    long start = START + number / 2 * 2L;
    Long tokens = number % 7 == 0 ? null : (Long) (long) random.nextInt(6);
    return new Session(
        1,
        Spans.span(number),
        "%016x%016x".formatted(random.nextLong(), random.nextLong()),
        Spans.span(number),
        null,
        "support",
        number % 3 == 0 ? "a" : "b",
        "ann-" + number % 50,
        "c",
        number % 10 == 0 ? Session.Status.FAILED : Session.Status.COMPLETED,
        start,
        start + random.nextInt(40) * 1_000_000L,
        new Session.Texts("in", "out", null),
        new Session.Steps(1, 0),
        new Session.Usage(tokens, null, tokens, null),
        new Session.Cost(number % 11 == 0 ? null : BigDecimal.valueOf(random.nextInt(5), 2), 0),
        List.of("gpt-4o"),
        "production",
        "1",
        0);
  }
}
