package io.onlooker.server.api;

import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import io.onlooker.server.read.Turn;
import io.onlooker.store.Field;
import io.onlooker.store.Filter;
import io.onlooker.store.Session;
import io.onlooker.store.SessionGroup;
import io.onlooker.store.SessionGroupPage;
import io.onlooker.store.SessionGroupQuery;
import io.onlooker.store.SessionGroupQuery.By;
import io.onlooker.store.SessionGroupQuery.Order;
import io.onlooker.store.SessionPage;
import io.onlooker.store.SessionQuery;
import io.onlooker.store.Store;
import io.onlooker.store.query.QueryParser;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Lists users and conversations, each once whatever the page, and reads one with its sessions.
 *
 * <p>The figures of a list are those of the sessions that began in the range and that the query
 * takes; the figures of one are those of all its sessions.
 */
record GroupReads(Store store, Rights rights, InstantSource clock) {

  private static final int USUAL = 50;

  /** Clocks of senders run ahead; a day of it is still found. */
  private static final Duration AHEAD = Duration.ofDays(1);

  private static final Map<String, Order> ORDERS =
      Map.of(
          "last_active", Order.LAST_ACTIVE,
          "sessions", Order.SESSIONS,
          "failed", Order.FAILED,
          "cost", Order.COST);

  Response users(Request request) {
    SessionGroupPage page = list(request, By.USER);
    return JsonOut.object(out ->
        out.objects("users", page.groups(), group -> user(out, group))
            .text("cursor", page.cursor()));
  }

  Response conversations(Request request) {
    SessionGroupPage page = list(request, By.CONVERSATION);
    return JsonOut.object(out ->
        out.objects("conversations", page.groups(), group -> conversation(out, group))
            .text("cursor", page.cursor()));
  }

  private SessionGroupPage list(Request request, By by) {
    int project = rights.readable(request);
    Parameters parameters = new Parameters(request);
    Filter filter = Problem.reading("q", () -> QueryParser.parseSessions(parameters.q()));
    TimeRange range = parameters.range(clock.instant());
    String sort = Objects.requireNonNullElse(parameters.text("sort"), "-last_active");
    Order order = ORDERS.get(sort.startsWith("-") ? sort.substring(1) : "");
    if (order == null) {
      throw Problem.badParameter("sort", sort, "-last_active, -sessions, -failed or -cost");
    }
    String cursor = parameters.text("cursor");
    SessionGroupQuery query =
        new SessionGroupQuery(
            project,
            filter,
            range.from(),
            range.to(),
            by,
            null,
            order,
            parameters.limit(USUAL),
            cursor);
    return Problem.paging(cursor, () -> store.sessionGroups(query));
  }

  /** One user: sessions, newest first, and conversations, the one that was active last first. */
  Response user(Request request) {
    int project = rights.readable(request);
    String id = request.route("id");
    SessionGroup user = one(project, By.USER, "user.id", id);
    SessionPage sessions = sessions(request, project, "user.id", id, true);
    List<SessionGroup> conversations =
        groups(project, By.CONVERSATION, equal("user.id", id), USUAL).groups();
    return JsonOut.object(out -> {
      user(out, user);
      out.objects("sessions", sessions.sessions(), new SessionJson(out)::members)
          .text("cursor", sessions.cursor());
      out.objects("conversations", conversations, group -> conversation(out, group));
    });
  }

  /** One conversation: its sessions from the first on. */
  Response conversation(Request request) {
    int project = rights.readable(request);
    String id = request.route("id");
    SessionGroup conversation = one(project, By.CONVERSATION, "conversation", id);
    SessionPage sessions = sessions(request, project, "conversation", id, false);
    List<Turn> turns = Turn.of(sessions.sessions(), clock.instant());
    return JsonOut.object(out -> {
      conversation(out, conversation);
      out.objects("sessions", turns, turn -> turn(out, turn)).text("cursor", sessions.cursor());
    });
  }

  private SessionGroup one(int project, By by, String field, String id) {
    List<SessionGroup> found = groups(project, by, equal(field, id), 1).groups();
    if (found.isEmpty()) {
      throw Problem.notFound("id", id);
    }
    return found.getFirst();
  }

  private SessionGroupPage groups(int project, By by, Filter filter, int limit) {
    SessionGroupQuery query =
        new SessionGroupQuery(
            project, filter, Instant.EPOCH, end(), by, null, Order.LAST_ACTIVE, limit, null);
    return Problem.asking(() -> store.sessionGroups(query));
  }

  private SessionPage sessions(
      Request request, int project, String field, String id, boolean newestFirst) {
    Parameters parameters = new Parameters(request);
    String cursor = parameters.text("cursor");
    SessionQuery query =
        new SessionQuery(
            project,
            equal(field, id),
            Instant.EPOCH,
            end(),
            SessionQuery.Order.STARTED,
            newestFirst,
            parameters.limit(USUAL),
            cursor);
    return Problem.paging(cursor, () -> store.sessions(query));
  }

  private Instant end() {
    return clock.instant().plus(AHEAD);
  }

  private static Filter equal(String field, String value) {
    return new Filter.Equal(new Field.Attribute(field), List.of(new Filter.Value.Text(value)));
  }

  private static void user(JsonOut out, SessionGroup group) {
    out.text("id", group.key())
        .number("sessions", group.counts().sessions())
        .number("failed_sessions", group.counts().failed())
        .number("conversations", group.counts().conversations());
    figures(out, group);
  }

  private static void conversation(JsonOut out, SessionGroup group) {
    List<String> users = group.names().users();
    out.text("id", group.key())
        .text("user_id", users.isEmpty() ? null : users.getFirst())
        .value("users", users)
        .number("turns", group.counts().sessions())
        .number("failed_turns", group.counts().failed());
    figures(out, group);
    out.text("first_input", group.names().firstInput())
        .text("last_output", group.names().lastOutput());
  }

  private static void turn(JsonOut out, Turn turn) {
    new SessionJson(out).members(turn.session());
    boolean agrees = turn.clock() == Turn.Clock.AGREES;
    out.text("clock", agrees ? null : turn.clock().name().toLowerCase(Locale.ROOT));
  }

  private static void figures(JsonOut out, SessionGroup group) {
    Session.Usage usage = group.usage();
    out.value("agents", group.names().agents())
        .number("input_tokens", usage.inputTokens())
        .number("output_tokens", usage.outputTokens())
        .number("total_tokens", usage.totalTokens())
        .number("cost_usd", group.cost().usd())
        .flag("cost_is_lower_bound", group.cost().lowerBound())
        .time("started_at", group.span().firstStartNanos())
        .time("last_started_at", group.span().lastStartNanos())
        .time("last_active_at", group.span().lastActiveNanos());
  }
}
