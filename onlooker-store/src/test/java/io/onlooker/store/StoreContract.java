package io.onlooker.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.GenAi;
import io.onlooker.Item;
import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import io.onlooker.store.AttributeCatalog.Entry;
import io.onlooker.store.AttributeCatalog.Kind;
import io.onlooker.store.Filter.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Store} does: what it keeps, how it is queried, its sessions, and many threads
 * at the same time. A store extends it with how it is opened.
 */
public abstract class StoreContract extends OtherGroupsContract {

  @Test
  void sessions_rightAfterAppend() {
    append(agent(1, 1).make());

    assertThat(store.sessions(recent(10, null)).sessions())
        .extracting(Session::id)
        .containsExactly(Spans.span(1));
    Session session = store.session(1, Spans.span(1));
    assertThat(session).extracting(Session::agentName).isEqualTo("support");
    assertThat(store.session(2, Spans.span(1))).isNull();
    assertThat(store.session(1, "unknown")).isNull();
  }

  @Test
  void sessions_followTheirSpans() {
    append(agent(1, 1).open().make());
    append(agent(1, 1).status(SpanStatus.error("boom")).make());

    assertThat(store.sessions(recent(10, null)).sessions())
        .extracting(Session::status)
        .containsExactly(Session.Status.FAILED);
  }

  @Test
  void sessions_vanish() {
    append(agent(1, 1).make());
    assertThat(store.sessions(recent(10, null)).sessions()).hasSize(1);

    append(Spans.of(1, 1).with("corrected", true).make());

    assertThat(store.sessions(recent(10, null)).sessions()).isEmpty();
  }

  @Test
  void sessions_pagesAndOrder() {
    List<SpanData> spans = new ArrayList<>();
    for (int i = 1; i <= 9; i++) {
      spans.add(agent(i, i).startAfter(i * 1000L).millis(100 - i).make());
    }
    append(spans);
    reopen();

    List<String> ids = new ArrayList<>();
    String cursor = null;
    do {
      SessionPage page = store.sessions(recent(4, cursor));
      page.sessions().forEach(session -> ids.add(session.id()));
      cursor = page.cursor();
    } while (cursor != null);

    assertThat(ids)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 9).mapToObj(i -> Spans.span(10 - i)).toList());
    SessionQuery shortest =
        new SessionQuery(1, Filter.ALL, FROM, TO, SessionQuery.Order.DURATION, false, 2, null);
    assertThat(store.sessions(shortest).sessions())
        .extracting(Session::id)
        .containsExactly(Spans.span(9), Spans.span(8));
  }

  @Test
  void sessions_filter() {
    append(
        agent(1, 1).with(GenAi.USER_ID, "ann").make(),
        agent(2, 2).with(GenAi.AGENT_NAME, "o'hara").status(SpanStatus.error("disk")).make(),
        agent(3, 3).with(GenAi.CONVERSATION_ID, "c1").name("research trip").make());

    assertThat(sessions(equal("user.id", new Value.Text("ann")))).containsExactly(1);
    assertThat(sessions(equal("agent", new Value.Text("o'hara")))).containsExactly(2);
    assertThat(sessions(equal("status", new Value.Text("failed")))).containsExactly(2);
    assertThat(sessions(equal("conversation", new Value.Text("c1")))).containsExactly(3);
    assertThat(sessions(new Filter.Has(new Field.Attribute("conversation")))).containsExactly(3);
    assertThat(sessions(equal("trace", new Value.Text(Spans.trace(2))))).containsExactly(2);
    assertThat(sessions(equal("id", new Value.Text(Spans.span(2))))).containsExactly(2);
    assertThat(sessions(compare("duration", Filter.Comparison.GREATER, 50)))
        .containsExactly(1, 2, 3);
    assertThat(sessions(contains(Field.Column.NAME, "SEARCH"))).containsExactly(3);
    assertThat(sessions(equal("no.such.field", new Value.Text("x")))).isEmpty();
    assertThat(sessions(new Filter.Not(equal("user.id", new Value.Text("ann")))))
        .containsExactly(2, 3);
  }

  @Test
  void sessions_ofManySpansArrivingLate() {
    append(agent(1, 1).make());
    for (int i = 2; i < 6; i++) {
      append(Spans.of(1, i).parent(1).startAfter(i).make());
      reopen();
    }

    assertThat(store.sessions(recent(10, null)).sessions()).hasSize(1);
    assertThat(store.trace(1, Spans.trace(1))).hasSize(5);
  }

  @Test
  void sessions_counted() {
    append(agent(1, 1).make(), agent(2, 2).startAfter(5).make(), agent(3, 3).make());

    assertThat(store.countSessions(recent(1, null), 10)).isEqualTo(3);
    assertThat(store.countSessions(recent(1, null), 2)).isEqualTo(2);
  }

  @Test
  void attributes_keysKindsAndValues() {
    append(
        Spans.of(1, 1).with("user.id", "ann").with("n", 1).make(),
        Spans.of(1, 2).with("user.id", "ann").with("n", "two").make(),
        Spans.of(1, 3).with("tags", List.of("a", "b", "a")).with("text", "x".repeat(2000)).make());
    store.append(new Batch(2, List.of(Spans.of(2, 1).with("of another", 1).make())));

    AttributeCatalog catalog = store.attributes(new AttributeQuery(1, "", FROM, TO, 10));

    assertThat(catalog.sampled()).isEqualTo(3);
    assertThat(catalog.more()).isZero();
    assertThat(catalog.attributes())
        .containsExactly(
            new Entry(
                "n", Set.of(Kind.NUMBER, Kind.TEXT), 2, List.of(value(1L, 1), value("two", 1))),
            new Entry("user.id", Set.of(Kind.TEXT), 2, List.of(value("ann", 2))),
            new Entry("tags", Set.of(Kind.LIST), 1, List.of(value("a", 1), value("b", 1))),
            new Entry("text", Set.of(Kind.TEXT), 1, List.of()));
    assertThat(store.attributes(new AttributeQuery(1, "USER", FROM, TO, 10)).attributes())
        .extracting(Entry::key)
        .containsExactly("user.id");
    assertThat(store.attributes(new AttributeQuery(1, "", FROM, TO, 1)).more()).isEqualTo(3);
  }

  private static AttributeCatalog.Value value(Object value, int spans) {
    return new AttributeCatalog.Value(value, spans);
  }

  @Test
  void append_duringFind() throws InterruptedException {
    int writers = 3;
    int batches = 20;
    long all = 600;
    List<Thread> threads = new ArrayList<>();
    for (int writer = 0; writer < writers; writer++) {
      int base = writer * 10_000;
      threads.add(
          Thread.startVirtualThread(() -> {
            for (int batch = 0; batch < batches; batch++) {
              int first = base + batch * 10 + 1;
              store.append(
                  new Batch(
                      1,
                      IntStream.range(first, first + 10)
                          .mapToObj(span -> (Item) Spans.of(base + 1, span).make())
                          .toList()));
            }
          }));
    }

    long before = 0;
    while (threads.stream().anyMatch(Thread::isAlive)) {
      long found = count(Filter.ALL);
      assertThat(found).isGreaterThanOrEqualTo(before);
      assertThat(found % 10).isZero();
      before = found;
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(count(Filter.ALL)).isEqualTo(all);
    reopen();
    assertThat(count(Filter.ALL)).isEqualTo(all);
  }
}
