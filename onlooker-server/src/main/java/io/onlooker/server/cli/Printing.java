package io.onlooker.server.cli;

import java.io.PrintWriter;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Prints an answer for a person, or as the server gave it. */
@SuppressWarnings("NullAway.Init")
final class Printing {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--json", description = "Prints the server's answer as it is.")
  private boolean json;

  void print(String answer, Consumer<Page> forPerson) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(answer);
    } else {
      forPerson.accept(new Page(JSON.readTree(answer), out));
    }
    out.flush();
  }

  /**
   * An answer and where to print it.
   *
   * @param out takes text that {@link Shown} has made harmless
   */
  record Page(JsonNode answer, PrintWriter out) {

    /** A line for the member, unless it is null. */
    void fact(String title, JsonNode value) {
      if (!value.isNull() && !value.isMissingNode()) {
        out.println(
            (title + ":").concat(" ".repeat(Math.max(1, 14 - title.length()))) + Shown.text(value));
      }
    }
  }
}
