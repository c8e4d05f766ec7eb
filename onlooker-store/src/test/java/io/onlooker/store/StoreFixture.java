package io.onlooker.store;

import static java.util.Objects.requireNonNull;

import io.onlooker.GenAi;
import io.onlooker.Item;
import io.onlooker.store.Aggregate.Function;
import io.onlooker.store.Filter.Value;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store for contracts, and the words their cases are told in. */
public abstract class StoreFixture {

  protected static final Instant NOON = Spans.NOON;
  protected static final Instant FROM = NOON.minusSeconds(3600);
  protected static final Instant TO = NOON.plusSeconds(3600);

  @TempDir Path folder;
  protected Store store;
  private Instant now = NOON.plusSeconds(60);

  /** Opens the store of a folder, or begins one there. */
  protected abstract Store open(Path folder, InstantSource clock);

  /**
   * Called after every append: a store with tiers may move what it holds to the next one.
   *
   * @return the store to go on with
   */
  protected Store settle(Store store) {
    return store;
  }

  /** The clock that stores are opened with. */
  protected final InstantSource clock() {
    return () -> now;
  }

  @BeforeEach
  void openStore() {
    store = open(folder, clock());
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  protected void append(Item... items) {
    append(Arrays.asList(items));
  }

  protected void append(List<? extends Item> items) {
    store.append(new Batch(1, List.copyOf(items)));
    store = settle(store);
  }

  protected void reopen() {
    store.close();
    store = open(folder, clock());
  }

  protected static Spans agent(int trace, int span) {
    return Spans.of(trace, span)
        .op("gen_ai.invoke_agent")
        .with(GenAi.OPERATION_TYPE, "agent")
        .with(GenAi.AGENT_NAME, "support");
  }

  protected List<Integer> sessions(Filter filter) {
    SessionQuery query =
        new SessionQuery(1, filter, FROM, TO, SessionQuery.Order.STARTED, false, 10, null);
    return store.sessions(query).sessions().stream()
        .map(session -> Integer.parseInt(session.id(), 16))
        .toList();
  }

  protected static SessionQuery recent(int limit, @Nullable String cursor) {
    return new SessionQuery(
        1, Filter.ALL, FROM, TO, SessionQuery.Order.STARTED, true, limit, cursor);
  }

  protected static SpanQuery newest(Filter filter, int limit, @Nullable String cursor) {
    return new SpanQuery(1, filter, FROM, TO, limit, cursor);
  }

  protected static Aggregate counting() {
    return over(Function.COUNT, null);
  }

  protected static Aggregate over(Function function, @Nullable Field field) {
    return new Aggregate(function.name(), function, field, null);
  }

  protected static Group group(String key) {
    return new Group(key, new Field.Attribute(key), null);
  }

  protected static Filter equal(String key, Value... values) {
    return new Filter.Equal(new Field.Attribute(key), Stream.of(values).toList());
  }

  protected static Filter equal(Field field, Value value) {
    return new Filter.Equal(field, List.of(value));
  }

  protected static Filter compare(String key, Filter.Comparison comparison, double value) {
    return new Filter.Compare(new Field.Attribute(key), comparison, value);
  }

  protected static Filter pattern(String key, String... pieces) {
    return new Filter.Matches(new Field.Attribute(key), new Filter.Pattern(List.of(pieces)));
  }

  protected static Filter contains(Field field, String text) {
    return new Filter.Matches(field, new Filter.Pattern(List.of("", text, "")));
  }

  protected Result aggregate(Filter filter, List<Group> by, Aggregate... aggregates) {
    return store.aggregate(
        new Query(1, filter, List.of(aggregates), by, FROM, TO, null, List.of(), 100));
  }

  protected Result aggregate(
      int limit, List<Query.Sort> sort, List<Group> by, Aggregate... aggregates) {
    return store.aggregate(
        new Query(1, Filter.ALL, List.of(aggregates), by, FROM, TO, null, sort, limit));
  }

  protected long count(Filter filter) {
    return (Long) aggregate(filter, List.of(), counting()).rows().getFirst().getFirst();
  }

  protected @Nullable Object figure(Function function, @Nullable Field field) {
    return aggregate(Filter.ALL, List.of(), over(function, field)).rows().getFirst().getFirst();
  }

  protected double number(Function function, @Nullable Field field) {
    return ((Number) requireNonNull(figure(function, field))).doubleValue();
  }
}
