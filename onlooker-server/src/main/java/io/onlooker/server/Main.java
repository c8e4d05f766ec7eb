package io.onlooker.server;

import io.onlooker.server.cli.ExportCommand;
import io.onlooker.server.cli.PricesCommand;
import io.onlooker.server.cli.QueryCommand;
import io.onlooker.server.cli.SessionsCommand;
import io.onlooker.server.cli.TracesCommand;
import io.onlooker.store.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
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
    versionProvider = Main.Version.class)
public final class Main implements Runnable {

  private static final int BAD_USE = 2;
  private static final int FAILED = 1;

  private static final Map<String, Supplier<Object>> COMMANDS = commands();

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(System.getenv(), arguments));
  }

  /** Runs a command; 0 when it did what it was told, 2 when it was told wrongly, else 1. */
  static int run(Map<String, String> environment, String... arguments) {
    CommandLine commands = of(arguments);
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

  private static Map<String, Supplier<Object>> commands() {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("serve", ServeCommand::new);
    commands.put("demo", DemoCommand::new);
    commands.put("replay", ReplayCommand::new);
    commands.put("pii", PiiCommand::new);
    commands.put("query", QueryCommand::new);
    commands.put("sessions", SessionsCommand::new);
    commands.put("traces", TracesCommand::new);
    commands.put("prices", PricesCommand::new);
    commands.put("export", ExportCommand::new);
    commands.put("keys", KeysCommand::new);
    commands.put("doctor", DoctorCommand::new);
    commands.put("sign-in", SignInCommand::new);
    return commands;
  }

  /**
   * Looking for the options of a command takes time: one that is named comes without the others.
   */
  private static CommandLine of(String... arguments) {
    CommandLine commands = new CommandLine(new Main());
    Supplier<Object> named = arguments.length == 0 ? null : COMMANDS.get(arguments[0]);
    if (named == null) {
      COMMANDS.forEach((name, command) -> commands.addSubcommand(name, command.get()));
    } else {
      commands.addSubcommand(arguments[0], named.get());
    }
    return commands;
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
