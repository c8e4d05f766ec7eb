package io.onlooker.server;

import io.onlooker.server.cli.ExportCommand;
import io.onlooker.server.cli.PricesCommand;
import io.onlooker.server.cli.QueryCommand;
import io.onlooker.server.cli.SessionsCommand;
import io.onlooker.server.cli.TracesCommand;
import io.onlooker.store.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
    name = "onlooker",
    description = "Watches what AI agents do.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {
      ServeCommand.class,
      DemoCommand.class,
      ReplayCommand.class,
      PiiCommand.class,
      QueryCommand.class,
      SessionsCommand.class,
      TracesCommand.class,
      PricesCommand.class,
      ExportCommand.class,
      KeysCommand.class,
      DoctorCommand.class,
      SignInCommand.class
    })
public final class Main implements Runnable {

  private static final int BAD_USE = 2;
  private static final int FAILED = 1;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(System.getenv(), arguments));
  }

  /** Runs a command; 0 when it did what it was told, 2 when it was told wrongly, else 1. */
  static int run(Map<String, String> environment, String... arguments) {
    CommandLine commands = new CommandLine(new Main());
    commands.setParameterExceptionHandler((e, _) -> complain(e));
    commands.setExecutionExceptionHandler((e, command, _) -> fail(e, command.getErr()));
    commands.setCaseInsensitiveEnumValuesAllowed(true);
    try {
      commands.setDefaultValueProvider(SettingsSource.of(environment, List.of(arguments)));
    } catch (IOException | IllegalArgumentException e) {
      commands.getErr().println(e.getMessage());
      return BAD_USE;
    }
    return commands.execute(arguments);
  }

  /** Without a command: what there is. */
  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "command: none (expected: one of " + spec.subcommands().keySet() + "; --help explains)");
  }

  private static int complain(ParameterException e) {
    String sentence = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    String name = e.getCommandLine().getCommandSpec().qualifiedName();
    e.getCommandLine().getErr().println(sentence + " (see " + name + " --help)");
    return BAD_USE;
  }

  private static int fail(Exception e, PrintWriter err) throws Exception {
    return switch (e) {
      case IllegalArgumentException _ -> told(e, err, BAD_USE);
      case IOException _, StoreException _ -> told(e, err, FAILED);
      default -> throw e;
    };
  }

  private static int told(Exception e, PrintWriter err, int code) {
    err.println(e.getMessage());
    return code;
  }

  static final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"onlooker " + (version == null ? "(built from source)" : version)};
    }
  }
}
