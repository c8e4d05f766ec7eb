package io.onlooker.server;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** About personal data. */
@Command(
    name = "pii",
    description = "Tries out the redaction of personal data.",
    mixinStandardHelpOptions = true,
    subcommands = PiiTestCommand.class)
@SuppressWarnings("NullAway.Init")
final class PiiCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "command: none (expected: one of " + spec.subcommands().keySet() + ")");
  }
}
