package io.onlooker.server.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Shows what agents did. */
@Command(
    name = "sessions",
    description = "Lists a running server's sessions, or shows one.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init")
public final class SessionsCommand implements Runnable {

  private static final List<String> HEAD =
      List.of("started", "status", "agent", "user", "steps", "tokens", "cost", "time", "id");

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "command: none (expected: one of " + spec.subcommands().keySet() + ")");
  }

  /** One line for each session. */
  @Command(name = "list", description = "Lists sessions.", mixinStandardHelpOptions = true)
  void list(
      @Parameters(
              arity = "0..1",
              defaultValue = "",
              paramLabel = "QUERY",
              description = "Which, such as 'status:failed'; all without one.")
          String query,
      @Option(
              names = "--since",
              defaultValue = "24h",
              description = "How far back: 90s, 15m, 24h, 7d (${DEFAULT-VALUE}).")
          String since,
      @Option(
              names = "--sort",
              defaultValue = "-started",
              description = "started, duration, tokens or cost, - for largest first.")
          String sort,
      @Option(names = "--limit", description = "Most sessions to list, 1 to 1000.")
          @Nullable Integer limit,
      @Mixin ServerAddress server,
      @Mixin Printing printing)
      throws IOException, InterruptedException {
    ApiPath path =
        ApiPath.of("sessions")
            .with("q", query)
            .with("range", since)
            .with("sort", sort)
            .with("limit", limit);
    printing.print(server.get(path), SessionsCommand::table);
  }

  /** One session with its events. */
  @Command(name = "show", description = "Shows one session.", mixinStandardHelpOptions = true)
  void show(
      @Parameters(paramLabel = "ID", description = "The session's id.") String id,
      @Mixin ServerAddress server,
      @Mixin Printing printing)
      throws IOException, InterruptedException {
    printing.print(server.get(ApiPath.of("sessions").below(id)), SessionsCommand::story);
  }

  private static void table(Printing.Page page) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode session : page.answer().path("sessions")) {
      rows.add(row(session));
    }
    new TextTable(HEAD, rows).aligned().forEach(page.out()::println);
    if (page.answer().path("cursor").isString()) {
      page.out().println("and more (expected: a larger --limit, or a narrower query)");
    }
  }

  private static List<String> row(JsonNode session) {
    return List.of(
        Shown.text(session.path("started_at")),
        Shown.text(session.path("status")),
        Shown.cut(session.path("agent_name"), 30),
        Shown.cut(session.path("user_id"), 30),
        steps(session),
        Shown.text(session.path("total_tokens")),
        Shown.cost(session.path("cost_usd"), session.path("cost_is_lower_bound")),
        Shown.duration(session.path("duration_ms")),
        Shown.text(session.path("id")));
  }

  private static String steps(JsonNode session) {
    int failed = session.path("failed_steps").asInt(0);
    return session.path("steps").asString() + (failed == 0 ? "" : " (" + failed + " failed)");
  }

  private static void story(Printing.Page page) {
    JsonNode session = page.answer();
    page.fact("session", session.path("id"));
    page.fact("trace", session.path("trace_id"));
    page.fact("status", session.path("status"));
    page.fact("agent", session.path("agent_name"));
    page.fact("user", session.path("user_id"));
    page.fact("conversation", session.path("conversation_id"));
    page.fact("started", session.path("started_at"));
    page.fact("failed because", session.path("failure_reason"));
    page.out().println("time:          " + Shown.duration(session.path("duration_ms")));
    page.out()
        .println(
            "cost:          "
                + Shown.cost(session.path("cost_usd"), session.path("cost_is_lower_bound")));
    page.fact("input", session.path("input"));
    page.fact("output", session.path("output"));
    page.out().println();
    events(session).aligned().forEach(page.out()::println);
  }

  private static TextTable events(JsonNode session) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode event : session.path("events")) {
      rows.add(
          List.of(
              "+" + Shown.duration(event.path("offset_ms")),
              Shown.duration(event.path("duration_ms")),
              Shown.cut(event.path("name"), 50),
              Shown.text(event.path("status")),
              Shown.text(event.path("total_tokens")),
              Shown.cut(event.path("error"), 60)));
    }
    return new TextTable(List.of("at", "took", "event", "status", "tokens", "error"), rows);
  }
}
