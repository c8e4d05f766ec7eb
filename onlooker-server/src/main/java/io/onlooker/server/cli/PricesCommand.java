package io.onlooker.server.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what models cost. */
@Command(
    name = "prices",
    description = "Tells which price a running server has for a model.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init")
public final class PricesCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "command: none (expected: one of " + spec.subcommands().keySet() + ")");
  }

  /** The row of the price table that a model's calls are priced by. */
  @Command(
      name = "lookup",
      description = "Finds the price row of a model as a client names it.",
      mixinStandardHelpOptions = true)
  void lookup(
      @Parameters(paramLabel = "MODEL", description = "Such as gpt-4o-mini-2024-07-18.")
          String model,
      @Option(names = "--provider", description = "Such as openai; without it any.")
          @Nullable String provider,
      @Mixin ServerAddress server,
      @Mixin Printing printing)
      throws IOException, InterruptedException {
    ApiPath path = ApiPath.of("prices/lookup").with("model", model).with("provider", provider);
    printing.print(
        server.get(path),
        page -> {
          if (page.answer().path("model").isNull()) {
            page.out().println("no price (calls of this model have an unknown cost)");
          }
          page.fact("provider", page.answer().path("provider"));
          page.fact("model", page.answer().path("model"));
        });
  }
}
