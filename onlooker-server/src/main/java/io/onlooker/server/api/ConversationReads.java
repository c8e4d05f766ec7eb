package io.onlooker.server.api;

import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import io.onlooker.store.Field;
import io.onlooker.store.Filter;
import io.onlooker.store.Session;
import io.onlooker.store.SessionPage;
import io.onlooker.store.SessionQuery;
import io.onlooker.store.Store;
import io.onlooker.store.query.QueryParser;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Lists conversations, and reads one with its sessions. */
record ConversationReads(Store store, ToIntFunction<Request> projectOf, InstantSource clock) {

  private static final int USUAL = 50;

  /** Clocks of senders run ahead; a day of it is still found. */
  private static final Duration AHEAD = Duration.ofDays(1);

  /**
   * The conversations of the newest sessions in the range, the one that was active last first. A
   * page looks at as many sessions as the limit says, so that a conversation may stand on two.
   */
  Response list(Request request) {
    int project = projectOf.applyAsInt(request);
    Parameters parameters = new Parameters(request);
    Filter asked = Problem.reading("q", () -> QueryParser.parseSessions(parameters.q()));
    TimeRange range = parameters.range(clock.instant());
    Filter inOne = new Filter.Has(new Field.Attribute("conversation"));
    SessionPage page =
        sessions(
            project,
            new Filter.And(List.of(asked, inOne)),
            range,
            true,
            parameters.limit(USUAL),
            parameters.text("cursor"));
    Map<String, List<Session>> conversations = new LinkedHashMap<>();
    for (Session session : page.sessions()) {
      conversations
          .computeIfAbsent(Objects.requireNonNull(session.conversationId()), _ -> new ArrayList<>())
          .add(session);
    }
    return JsonOut.object(out ->
        out.objects(
                "conversations",
                List.copyOf(conversations.values()),
                newestFirst -> members(out, newestFirst.reversed()))
            .text("cursor", page.cursor()));
  }

  /** One conversation: its sessions from the first on. */
  Response one(Request request) {
    int project = projectOf.applyAsInt(request);
    String id = request.route("id");
    Parameters parameters = new Parameters(request);
    Filter inIt =
        new Filter.Equal(new Field.Attribute("conversation"), List.of(new Filter.Value.Text(id)));
    TimeRange always = new TimeRange(Instant.EPOCH, clock.instant().plus(AHEAD));
    String cursor = parameters.text("cursor");
    SessionPage page = sessions(project, inIt, always, false, parameters.limit(USUAL), cursor);
    if (page.sessions().isEmpty()) {
      throw Problem.notFound("id", id);
    }
    return JsonOut.object(out -> {
      members(out, page.sessions());
      out.objects("sessions", page.sessions(), new SessionJson(out)::members)
          .text("cursor", page.cursor());
    });
  }

  private static void members(JsonOut out, List<Session> oldestFirst) {
    out.text("id", oldestFirst.getFirst().conversationId())
        .text("user_id", firstUser(oldestFirst))
        .number("turns", oldestFirst.size())
        .number("failed_turns", failed(oldestFirst))
        .time("started_at", oldestFirst.getFirst().startNanos())
        .time("last_started_at", oldestFirst.getLast().startNanos());
  }

  private static @Nullable String firstUser(List<Session> sessions) {
    return sessions.stream().map(Session::userId).filter(Objects::nonNull).findFirst().orElse(null);
  }

  private static long failed(List<Session> sessions) {
    return sessions.stream().filter(one -> one.status() == Session.Status.FAILED).count();
  }

  private SessionPage sessions(
      int project,
      Filter filter,
      TimeRange range,
      boolean newestFirst,
      int limit,
      @Nullable String cursor) {
    SessionQuery query =
        new SessionQuery(
            project,
            filter,
            range.from(),
            range.to(),
            SessionQuery.Order.STARTED,
            newestFirst,
            limit,
            cursor);
    return Problem.paging(cursor, () -> store.sessions(query));
  }
}
