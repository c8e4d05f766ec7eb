package io.onlooker.server.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows all spans of a trace. */
@Command(
    name = "traces",
    description = "Shows a trace of a running server.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init")
public final class TracesCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "command: none (expected: one of " + spec.subcommands().keySet() + ")");
  }

  /** Its spans, each indented below its parent. */
  @Command(name = "show", description = "Shows one trace.", mixinStandardHelpOptions = true)
  void show(
      @Parameters(paramLabel = "ID", description = "The trace's id, 32 hexadecimal digits.")
          String id,
      @Mixin ServerAddress server,
      @Mixin Printing printing)
      throws IOException, InterruptedException {
    printing.print(server.get(ApiPath.of("traces").below(id)), TracesCommand::tree);
  }

  private static void tree(Printing.Page page) {
    List<List<String>> rows = new ArrayList<>();
    for (SpanTree.Line line : SpanTree.of(page.answer().path("spans"))) {
      rows.add(
          List.of(
              "  ".repeat(Math.min(line.depth(), 20)) + Shown.cut(line.span().path("name"), 60),
              Shown.text(line.span().path("op")),
              Shown.text(line.span().path("start")),
              Shown.duration(line.span().path("duration_ms")),
              Shown.text(line.span().path("status")),
              Shown.text(line.span().path("span_id"))));
    }
    List<String> head = List.of("span", "op", "start", "took", "status", "id");
    new TextTable(head, rows).aligned().forEach(page.out()::println);
  }
}
