package io.onlooker.server.web;

import io.onlooker.ErrorData;
import io.onlooker.Item;
import io.onlooker.LogData;
import io.onlooker.SpanData;
import io.onlooker.store.Batch;
import io.onlooker.store.Field;
import io.onlooker.store.Filter;
import io.onlooker.store.Query;
import io.onlooker.store.Result;
import io.onlooker.store.Session;
import io.onlooker.store.SessionFold;
import io.onlooker.store.SessionPage;
import io.onlooker.store.SessionQuery;
import io.onlooker.store.SpanPage;
import io.onlooker.store.SpanQuery;
import io.onlooker.store.Store;
import io.onlooker.store.StoreException;
import io.onlooker.store.StoreStats;
import io.onlooker.store.TraceNotes;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps everything in lists and looks through all of them: a store small enough to be believed. */
final class RememberingStore implements Store {

  private final Instant now;
  private final Map<String, List<SpanData>> traces = new LinkedHashMap<>();
  private final List<LogData> logs = new ArrayList<>();
  private final List<ErrorData> errors = new ArrayList<>();
  private List<Session> folded = List.of();

  RememberingStore(Instant now) {
    this.now = now;
  }

  @Override
  public synchronized void append(Batch batch) {
    folded = List.of();
    for (Item item : batch.items()) {
      switch (item) {
        case SpanData span ->
            traces.computeIfAbsent(span.traceId(), _ -> new ArrayList<>()).add(span);
        case LogData log -> logs.add(log);
        case ErrorData error -> errors.add(error);
      }
    }
  }

  @Override
  public SessionPage sessions(SessionQuery query) {
    List<Session> found =
        all(query.project()).stream()
            .filter(session -> started(session, query) && takes(query.filter(), session))
            .sorted(order(query))
            .toList();
    int from = query.cursor() == null ? 0 : Integer.parseInt(query.cursor());
    int to = Math.min(found.size(), from + query.limit());
    return new SessionPage(
        found.subList(from, to), to < found.size() ? Integer.toString(to) : null);
  }

  @Override
  public @Nullable Session session(int project, String id) {
    return all(project).stream().filter(one -> one.id().equals(id)).findFirst().orElse(null);
  }

  @Override
  public List<SpanData> trace(int project, String traceId) {
    return traces.getOrDefault(traceId, List.of()).stream()
        .sorted(Comparator.comparingLong(SpanData::startNanos))
        .toList();
  }

  @Override
  public TraceNotes notes(int project, String traceId) {
    return new TraceNotes(
        logs.stream().filter(log -> traceId.equals(log.traceId())).toList(),
        errors.stream().filter(error -> traceId.equals(error.traceId())).toList());
  }

  @Override
  public SpanPage spans(SpanQuery query) {
    if (!(query.filter() instanceof Filter.Equal(Field field, List<Filter.Value> values))
        || field != Field.Column.SPAN_ID) {
      throw new IllegalArgumentException("filter: " + query.filter() + " (expected: a span id)");
    }
    List<SpanData> found =
        traces.values().stream()
            .flatMap(List::stream)
            .filter(span -> values.contains(new Filter.Value.Text(span.spanId())))
            .limit(query.limit())
            .toList();
    return new SpanPage(found, null);
  }

  @Override
  public Result aggregate(Query query) {
    throw new StoreException(
        StoreException.Reason.UNSUPPORTED, "figures: not counted by this store", null);
  }

  @Override
  public StoreStats stats() {
    return new StoreStats(0, 0, 0, 0, 0, 0);
  }

  @Override
  public void close() {}

  private synchronized List<Session> all(int project) {
    if (!folded.isEmpty()) {
      return folded;
    }
    List<Session> sessions = new ArrayList<>();
    long nowNanos = now.getEpochSecond() * 1_000_000_000L;
    traces.values().forEach(spans -> sessions.addAll(SessionFold.fold(project, spans, nowNanos)));
    folded = List.copyOf(sessions);
    return folded;
  }

  private static boolean started(Session session, SessionQuery query) {
    Instant start = Show.instant(session.startNanos());
    return !start.isBefore(query.from()) && start.isBefore(query.to());
  }

  private static Comparator<Session> order(SessionQuery query) {
    Comparator<Session> order =
        switch (query.order()) {
          case STARTED -> Comparator.comparingLong(Session::startNanos);
          case DURATION -> Comparator.comparingDouble(Session::durationMillis);
          case TOKENS ->
              Comparator.comparingLong(session -> {
                Long tokens = session.usage().totalTokens();
                return tokens == null ? -1 : tokens;
              });
          case COST ->
              Comparator.comparingDouble(session -> {
                BigDecimal usd = session.cost().usd();
                return usd == null ? -1 : usd.doubleValue();
              });
        };
    return query.descending() ? order.reversed() : order;
  }

  private static boolean takes(Filter filter, Session session) {
    return switch (filter) {
      case Filter.And(List<Filter> all) -> all.stream().allMatch(one -> takes(one, session));
      case Filter.Or(List<Filter> any) -> any.stream().anyMatch(one -> takes(one, session));
      case Filter.Not(Filter not) -> !takes(not, session);
      case Filter.Equal(Field field, List<Filter.Value> values) ->
          values.contains(new Filter.Value.Text(value(session, field)));
      case Filter.Matches(Field field, Filter.Pattern pattern) ->
          value(session, field).contains(String.join("", pattern.pieces()));
      default -> throw new IllegalArgumentException("filter: " + filter);
    };
  }

  private static String value(Session session, Field field) {
    String value =
        switch (field.label()) {
          case "status" -> session.status().name().toLowerCase(Locale.ROOT);
          case "user.id" -> session.userId();
          case "conversation" -> session.conversationId();
          case "trace" -> session.traceId();
          case "span.name" -> session.texts().toString();
          default -> null;
        };
    return value == null ? "" : value;
  }
}
