package io.onlooker.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.GenAi;
import io.onlooker.Item;
import io.onlooker.SpanData;
import io.onlooker.store.Batch;
import io.onlooker.store.Filter;
import io.onlooker.store.Session;
import io.onlooker.store.SessionQuery;
import io.onlooker.store.Spans;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When an appended session is in a list. */
class SessionsTest {

  private static final int PLAIN = 3_000;
  private static final Instant FROM = Spans.NOON.minusSeconds(60);
  private static final Instant TO = Spans.NOON.plusSeconds(60);
  private static final SessionQuery LATEST =
      new SessionQuery(1, Filter.ALL, FROM, TO, SessionQuery.Order.STARTED, true, 100, null);

  @TempDir Path folder;
  private long nanos;

  @SuppressWarnings("NullAway.Init")
  private DataFolder data;

  @SuppressWarnings("NullAway.Init")
  private Engine engine;

  @SuppressWarnings("NullAway.Init")
  private Database database;

  @SuppressWarnings("NullAway.Init")
  private HotTier hot;

  @SuppressWarnings("NullAway.Init")
  private Sessions sessions;

  @BeforeEach
  void open() throws IOException {
    data = DataFolder.open(folder);
    engine = new Engine(StoreConfig.of(folder).limits(), 1, data.spill(), Engine.Reading.OFTEN);
    database = new Database(data.catalog());
    hot = new HotTier(new View(List.of(), List.of(), Map.of()), () -> nanos);
    hot.begin();
    Overlap overlap = new Overlap(hot, new SpanLoader(hot, engine, new TraceCopies(data, 0, 0)));
    InstantSource clock = () -> Spans.NOON;
    Kept kept = new Kept(StoreConfig.of(folder).retention(), clock);
    sessions = new Sessions(hot, overlap, database, kept, clock, new Rush(() -> nanos));
  }

  @AfterEach
  void close() throws IOException {
    database.close();
    engine.close();
    data.close();
  }

  @Test
  void session_isInTheList_whenItsAppendReturned_whileManyOtherTracesAreDue() {
    try (EmbeddedStore store = EmbeddedStore.open(StoreConfig.of(folder.resolve("store")))) {
      store.append(new Batch(1, plain(0)));
      store.append(new Batch(1, List.of(agent(PLAIN + 1))));

      assertThat(store.sessions(LATEST).sessions()).extracting(Session::id).containsExactly(id(1));
    }
  }

  private static String id(int behindPlain) {
    return Spans.span(PLAIN + behindPlain);
  }

  @Test
  void session_isInTheList_asSoonAsItIsInMemory() {
    hot.apply(new Batch(1, plain(0)));
    hot.apply(new Batch(1, List.of(agent(PLAIN + 1))));

    assertThat(listed()).containsExactly(id(1));
    assertThat(sessions.count(LATEST, 10)).isEqualTo(1);
  }

  @Test
  void session_isInTheList_afterTheNextFold_inARush() {
    rush();
    hot.apply(new Batch(1, List.of(agent(PLAIN + 1))));

    assertThat(listed()).isEmpty();
    sessions.foldBeside();
    assertThat(listed()).containsExactly(id(1));
  }

  @Test
  void session_isFoundByItsId_alsoInARush() {
    rush();
    hot.apply(new Batch(1, List.of(agent(PLAIN + 1))));

    assertThat(sessions.find(1, id(1))).isNotNull();
  }

  @Test
  void session_isInTheList_withinASecond_whenNobodyFoldsInARush() {
    rush();
    hot.apply(new Batch(1, List.of(agent(PLAIN + 1))));

    nanos += TimeUnit.SECONDS.toNanos(1);

    assertThat(listed()).containsExactly(id(1));
  }

  /** Many traces arrive again and again, and are folded, for longer than a moment. */
  private void rush() {
    List<Item> many = plain(1).subList(0, Rush.MANY);
    for (int second = 0; second <= 10; second++) {
      hot.apply(new Batch(1, second % 2 == 0 ? many : plain(2).subList(0, Rush.MANY)));
      sessions.foldBeside();
      nanos += TimeUnit.MILLISECONDS.toNanos(300);
    }
  }

  private List<String> listed() {
    return sessions.find(LATEST).sessions().stream().map(Session::id).toList();
  }

  private static List<Item> plain(int revision) {
    List<Item> spans = new ArrayList<>();
    for (int i = 1; i <= PLAIN; i++) {
      spans.add(Spans.of(i, i).with("revision", revision).make());
    }
    return spans;
  }

  private static SpanData agent(int number) {
    return Spans.of(number, number).with(GenAi.OPERATION_TYPE, "agent").make();
  }
}
