package io.onlooker.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.onlooker.server.cost.Prices;
import io.onlooker.server.http.Handler;
import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import io.onlooker.server.http.Routes;
import io.onlooker.store.Query;
import io.onlooker.store.QueryPlan;
import io.onlooker.store.Store;
import io.onlooker.store.StoreException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The pages: which address shows what. Safe for many threads. */
public final class Pages {

  private final Store store;
  private final ProjectAccess access;
  private final InstantSource clock;
  private final Html html = new Html();
  private final Assets assets = Assets.load();
  private final ProblemPage problems;
  private final SessionsPage sessions;
  private final OneSessionPage session;
  private final TracePage trace;
  private final ConversationPage conversation;
  private final SpansPage spans;
  private final TracesPage traces;
  private final OverviewPage overview;
  private final GroupsPage groups;
  private final ActorsPage actors;
  private final ThingPage thing;
  private final IssuesPage issues;
  private final OneIssuePage issue;
  private final LogsPage logs;
  private final Jump jump;
  private final Environments environments;
  private final SavedViews views;

  /**
   * Pages over what a store holds.
   *
   * @param prices those that count in a project, for what models cost and how much they take
   */
  public Pages(Store store, ProjectAccess access, InstantSource clock, IntFunction<Prices> prices) {
    this.store = store;
    this.access = access;
    this.clock = clock;
    this.problems = new ProblemPage(access, html, assets, clock);
    this.sessions = new SessionsPage(store);
    this.session = new OneSessionPage(store);
    this.trace = new TracePage(store);
    this.conversation = new ConversationPage(store, prices);
    this.spans = new SpansPage(store);
    this.traces = new TracesPage(store);
    this.overview = new OverviewPage(store);
    this.groups = new GroupsPage(store);
    this.actors = new ActorsPage(store, prices);
    this.thing = new ThingPage(store);
    this.issues = new IssuesPage(store);
    this.issue = new OneIssuePage(store);
    this.logs = new LogsPage(store);
    this.jump = new Jump(store);
    this.environments = new Environments(store);
    this.views = new SavedViews(access);
  }

  /** Adds every page and the static files. */
  public void addTo(Routes routes) {
    addSessions(routes);
    new StepPages(this, session, trace).addTo(routes);
    new ViewPages(this, access, views).addTo(routes);
    addFigures(routes);
  }

  private void addFigures(Routes routes) {
    routes
        .get("/p/{project}/overview", page(this::overview))
        .get("/p/{project}/spans", page(this::spans))
        .get(
            "/p/{project}/conversations",
            page((request, visit) ->
                list(
                    request,
                    visit,
                    "Conversations",
                    "conversations",
                    "conversations",
                    groups::conversations)))
        .get(
            "/p/{project}/users",
            page((request, visit) ->
                list(request, visit, "Users", "users", "conversations", groups::users)))
        .get(
            "/p/{project}/agents",
            page((request, visit) ->
                list(request, visit, "Agents", "agents", "agents", groups::agents)))
        .get(
            "/p/{project}/logs",
            page((request, visit) -> list(request, visit, "Logs", "logs", "logs", logs::list)))
        .get(
            "/p/{project}/issues",
            page((request, visit) ->
                list(request, visit, "Issues", "issues", "issues", issues::list)))
        .get("/p/{project}/issues/{name}", page(this::issue))
        .post("/p/{project}/issues/{name}", page(this::decide))
        .get(
            "/p/{project}/models",
            page((request, visit) -> figures(request, visit, "Models", "models", actors::models)))
        .get(
            "/p/{project}/tools",
            page((request, visit) -> figures(request, visit, "Tools", "tools", actors::tools)))
        .get(
            "/p/{project}/mcp",
            page((request, visit) -> figures(request, visit, "MCP", "mcp", actors::mcp)))
        .get(
            "/p/{project}/queues",
            page((request, visit) -> figures(request, visit, "Queues", "queues", actors::queues)))
        .get(
            "/p/{project}/agents/{name}",
            page((request, visit) -> board(request, visit, "agents", "agents", thing::agent)))
        .get(
            "/p/{project}/models/{name}",
            page((request, visit) -> board(request, visit, "models", "agents", thing::model)))
        .get(
            "/p/{project}/tools/{name}",
            page((request, visit) -> board(request, visit, "tools", "agents", thing::tool)))
        .get(
            "/p/{project}/users/{name}",
            page((request, visit) -> board(request, visit, "users", "conversations", thing::user)));
  }

  private void addSessions(Routes routes) {
    routes
        .get("/", guarded(request -> toOverview(access.projects(request).getFirst())))
        .get("/go/{id}", guarded(request -> go(request, request.route("id"))))
        .get("/theme/{theme}", Theme::change)
        .get("/reader/{as}", ReadAs::change)
        .get("/static/{version}/{file}", assets::serve)
        .get("/p/{project}", guarded(request -> toOverview(request.route("project"))))
        .get("/p/{project}/go", page(this::search))
        .get("/p/{project}/looking", page(this::looking))
        .get("/p/{project}/sessions", page(this::list))
        .get("/p/{project}/sessions/{sessionId}", page(this::session))
        .get("/p/{project}/conversations/{conversationId}", page(this::conversation))
        .get("/p/{project}/traces", page(this::traces))
        .get("/p/{project}/traces/{traceId}", page(this::trace))
        .get("/p/{project}/traces/{traceId}/raw", page(this::raw));
  }

  /**
   * The page that asks who is there.
   *
   * @param status 200, or 401 in place of a page that only some may see
   * @param next where to go afterwards; anything but a path of this server becomes {@code /}
   * @param problem why signing in failed, or null
   */
  public Response signIn(Request request, int status, String next, @Nullable String problem) {
    Frame frame = Frame.of(request, "", List.of(), clock.instant(), assets).titled("Sign in", "");
    return html.page(status, "signin", new SignIn(frame, Links.local(next), problem));
  }

  /** Tells a person why there is no page, with ways on. */
  public Response problem(Request request, HttpProblem problem) {
    return problems.of(request, problem);
  }

  private Response list(Request request, Visit visit) {
    Frame frame = visit.frame().titled("Sessions", "sessions");
    Ask ask = Ask.of(request, frame.links().sessions(), "-started", frame.now());
    ListView view = sessions.list(frame, visit.project(), ask, request.parameter("was"));
    if (view.noMatch() != null && !sessions.any(visit.project(), ask.range().to())) {
      return noData(request, frame);
    }
    return html.page(200, "list", view);
  }

  private Response spans(Request request, Visit visit) {
    Frame frame = visit.frame().titled("Spans", "spans");
    Ask ask = Ask.of(request, frame.links().place("spans"), "", frame.now());
    SpansView view = spans.page(frame, visit.project(), ask, request.parameter("was"));
    return html.page(200, "spans", view);
  }

  private Response traces(Request request, Visit visit) {
    return list(request, visit, "Traces", "traces", "sessions", traces::list);
  }

  /** A list that takes a query. */
  private Response list(
      Request request, Visit visit, String title, String path, String place, ListReader reader) {
    Frame frame = visit.frame().titled(title, place);
    String usual = path.equals("issues") ? "-last" : "";
    Ask ask = Ask.of(request, frame.links().place(path), usual, frame.now());
    ListView view = reader.read(frame, visit.project(), ask, request.parameter("was"));
    return html.page(200, "list", view);
  }

  private Response figures(
      Request request, Visit visit, String title, String path, FigureReader reader) {
    Frame frame = visit.frame().titled(title, "agents");
    Ask ask = Ask.of(request, frame.links().place(path), "", frame.now());
    return html.page(200, "list", reader.read(frame, visit.project(), ask));
  }

  private Response overview(Request request, Visit visit) {
    Frame frame = visit.frame().titled("Overview", "overview");
    Ask ask = Ask.of(request, frame.links().place("overview"), "", frame.now());
    if (!sessions.any(visit.project(), ask.range().to())) {
      return noData(request, frame);
    }
    return html.page(200, "board", overview.page(frame, visit.project(), ask));
  }

  private Response board(
      Request request, Visit visit, String kind, String place, BoardReader reader) {
    String name = Links.id(request.route("name"));
    Frame frame = visit.frame().titled(name, place);
    Ask ask = Ask.of(request, frame.links().one(kind, name), "", frame.now());
    return html.page(200, "board", reader.read(frame, visit.project(), name, ask));
  }

  private Response issue(Request request, Visit visit) {
    String id = Links.id(request.route("name"));
    Ask ask = Ask.of(request, visit.frame().links().one("issues", id), "", visit.frame().now());
    return html.page(
        200,
        "issue",
        issue.issue(visit.frame(), visit.project(), id, ask, access.formToken(request)));
  }

  /** What somebody decided about an issue. */
  private Response decide(Request request, Visit visit) {
    FormBody form = FormBody.of(request);
    access.requireForm(request, visit.project(), form.text("token"));
    issue.decide(visit.frame(), visit.project(), Links.id(request.route("name")), form);
    return Response.seeOther(visit.frame().links().one("issues", request.route("name")));
  }

  private Response noData(Request request, Frame frame) {
    String dsn = access.dsn(request, frame.links().project());
    String host = String.valueOf(request.header("host"));
    return html.page(200, "nodata", new NoData(frame, dsn, access.formToken(request), host));
  }

  private Response session(Request request, Visit visit) {
    String id = Links.id(request.route("sessionId"));
    StepAsk ask = StepAsk.of(request, visit.frame().links().session(id));
    Place place = Place.of(request, store, visit.project(), visit.frame(), id);
    return html.page(
        200, "session", session.session(visit.frame(), visit.project(), id, ask, place));
  }

  private Response trace(Request request, Visit visit) {
    String id = request.route("traceId");
    StepAsk ask = StepAsk.of(request, visit.frame().links().trace(id));
    return html.page(200, "trace", trace.trace(visit.frame(), visit.project(), id, ask));
  }

  private Response raw(Request request, Visit visit) {
    return trace.raw(visit.project(), request.route("traceId"));
  }

  private Response conversation(Request request, Visit visit) {
    String id = Links.id(request.route("conversationId"));
    return html.page(
        200,
        "conversation",
        conversation.conversation(visit.frame(), visit.project(), id, turn(request)));
  }

  /** Zero for none, and for what is no number. */
  private static int turn(Request request) {
    String turn = String.valueOf(request.parameter("turn"));
    return turn.matches("[0-9]{1,6}") ? Integer.parseInt(turn) : 0;
  }

  /** The search box: an id opens what it names, anything else is a filter. */
  private Response search(Request request, Visit visit) {
    String asked = request.parameter("q");
    String text = asked == null ? "" : asked.strip();
    Links links = visit.frame().links();
    String found = jump.find(links, visit.project(), text, visit.frame().now());
    Map<String, String> filter = Map.of("q", text, "range", "30d");
    return Response.seeOther(found == null ? links.sessions(filter) : found);
  }

  private Response go(Request request, String id) {
    for (String name : access.projects(request)) {
      int project = access.project(request, name);
      String found = jump.find(new Links(name), project, id, clock.instant());
      if (found != null) {
        return Response.seeOther(found);
      }
    }
    throw new HttpProblem(
        404,
        "Nothing has this id",
        "id: " + id + " (expected: of a session, trace, span, event or issue)");
  }

  private static Response toOverview(String project) {
    return Response.seeOther(new Links(project).place("overview"));
  }

  /** A page with this model; for pages that are kept elsewhere. */
  Response show(int status, String template, Record model) {
    return html.page(status, template, model);
  }

  /** How much there is to look through for what an address asks, for those who wait for it. */
  private Response looking(Request request, Visit visit) {
    Frame frame = visit.frame();
    Ask ask = Ask.of(request, frame.links().place("spans"), "", frame.now());
    QueryPlan plan =
        store.plan(
            new Query(
                visit.project(),
                Searched.spans(ask, null).filter(),
                Figures.parsed(List.of("count()")),
                List.of(),
                ask.range().from(),
                ask.range().to(),
                null,
                List.of(),
                1));
    Long spans = plan.readSpans() + plan.hotSpans();
    return Response.of(200, "text/plain; charset=utf-8", Show.tokens(spans).getBytes(UTF_8))
        .with("cache-control", "no-store");
  }

  /** Answers for a project that this person may look at, and shows what went wrong as a page. */
  Handler page(VisitHandler handler) {
    return guarded(request -> {
      Visit visit = visit(request);
      return request.parameter("always") == null
          ? handler.handle(request, visit)
          : ColumnChoice.keep(request, visit.frame());
    });
  }

  private Visit visit(Request request) {
    String name = request.route("project");
    int project = access.project(request, name);
    Instant now = clock.instant();
    Frame frame = Frame.of(request, name, access.projects(request), now, assets);
    return new Visit(
        frame
            .with(environments.choices(request, project, now))
            .with(new ViewMenu(access.formToken(request), views.all(project))),
        project);
  }

  /** Tells what went wrong as a page, because a person is reading. */
  private Handler guarded(Handler handler) {
    return request -> {
      try {
        return handler.handle(request);
      } catch (HttpProblem e) {
        return e.status() == 401
            ? signIn(request, 401, here(request), null)
            : problems.of(request, e);
      } catch (StoreException e) {
        return problems.of(request, e);
      } catch (IllegalArgumentException e) {
        boolean paged = request.parameter("cursor") != null;
        return paged ? firstPage(request) : problems.of(request, e);
      } catch (RuntimeException e) {
        return problems.of(request, e);
      }
    };
  }

  /** A cursor that an address was given by hand, or that is of another list. */
  private static Response firstPage(Request request) {
    Map<String, List<String>> parameters = new LinkedHashMap<>(request.query());
    parameters.remove("cursor");
    return Response.seeOther(Links.withAll(Links.path(request.path()), parameters));
  }

  private String here(Request request) {
    return Frame.of(request, "", List.of(), clock.instant(), assets).here();
  }

  /** What a page of a project starts from. */
  record Visit(Frame frame, int project) {}

  interface VisitHandler {
    Response handle(Request request, Visit visit);
  }

  private interface ListReader {
    ListView read(Frame frame, int project, Ask ask, @Nullable String was);
  }

  private interface FigureReader {
    ListView read(Frame frame, int project, Ask ask);
  }

  private interface BoardReader {
    BoardView read(Frame frame, int project, String name, Ask ask);
  }
}
