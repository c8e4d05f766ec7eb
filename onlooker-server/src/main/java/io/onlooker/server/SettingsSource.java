package io.onlooker.server;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Where an option's value comes from when it is not on the command line: the environment, then the
 * configuration file. One name each: {@code --max-body-bytes}, {@code ONLOOKER_MAX_BODY_BYTES},
 * {@code max-body-bytes}.
 */
final class SettingsSource implements IDefaultValueProvider {

  private static final String CONFIG = "--config";

  /** Every setting that a file may hold, so that a misspelt one is told. */
  private static final Set<String> SETTINGS =
      Set.of(
          "host",
          "port",
          "data",
          "otlp-ports",
          "max-body-bytes",
          "max-inflated-bytes",
          "bootstrap-dsn-key",
          "bootstrap-token",
          "dsn",
          "url",
          "token",
          "retention",
          "copy-bytes");

  private final Map<String, String> environment;
  private final Properties file;

  private SettingsSource(Map<String, String> environment, Properties file) {
    this.environment = environment;
    this.file = file;
  }

  /**
   * Reads the configuration file, if the arguments or the environment name one.
   *
   * @throws IOException when it cannot be read
   * @throws IllegalArgumentException when it holds a setting that does not exist
   */
  static SettingsSource of(Map<String, String> environment, List<String> arguments)
      throws IOException {
    Properties properties = new Properties();
    String name = config(environment, arguments);
    if (name != null) {
      try (Reader reader = Files.newBufferedReader(Path.of(name))) {
        properties.load(reader);
      } catch (IOException e) {
        throw new IOException("config: " + name + " (expected: a readable file)", e);
      }
    }
    for (String key : properties.stringPropertyNames()) {
      if (!SETTINGS.contains(key)) {
        throw new IllegalArgumentException(
            "config: " + key + " in " + name + " (expected: one of " + SETTINGS + ")");
      }
    }
    return new SettingsSource(environment, properties);
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || !SETTINGS.contains(bare(option))) {
      return argument.defaultValue();
    }
    String named = environment.get(variable(bare(option)));
    if (named != null && !named.isBlank()) {
      return named;
    }
    String written = file.getProperty(bare(option));
    return written == null ? argument.defaultValue() : written;
  }

  private static String bare(OptionSpec option) {
    return option.longestName().substring("--".length());
  }

  private static String variable(String setting) {
    return "ONLOOKER_" + setting.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static @Nullable String config(Map<String, String> environment, List<String> arguments) {
    int at = arguments.indexOf(CONFIG);
    if (at >= 0 && at + 1 < arguments.size()) {
      return arguments.get(at + 1);
    }
    for (String argument : arguments) {
      if (argument.startsWith(CONFIG + "=")) {
        return argument.substring(CONFIG.length() + 1);
      }
    }
    return environment.get("ONLOOKER_CONFIG");
  }
}
