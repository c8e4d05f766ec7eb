package io.onlooker.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every command that there is stands in {@code docs/command-line.md}. */
class CommandLineDocsTest {

  private static final Path DOC = Path.of("..", "docs", "command-line.md");

  /** A line of the list that {@code --help} ends with. */
  private static final Pattern COMMAND =
      Pattern.compile("(?m)^  ([a-z][a-z-]+)(?:, [a-z]+)*  +[A-Z]");

  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  @Test
  void document_namesEveryCommand() throws IOException {
    Set<String> documented = new TreeSet<>();
    commands().forEach(words -> documented.add(words.getFirst()));

    Set<String> there = new TreeSet<>();
    COMMAND.matcher(run(List.of("--help"))).results().forEach(found -> there.add(found.group(1)));

    assertThat(documented).isEqualTo(there).contains("serve", "query");
  }

  private static List<List<String>> commands() throws IOException {
    List<List<String>> commands = new ArrayList<>();
    for (String line : Files.readAllLines(DOC)) {
      if (line.startsWith("./onlooker ")) {
        commands.add(words(line.substring("./onlooker ".length())));
      }
    }
    return commands;
  }

  private static List<String> words(String line) {
    return WORD.matcher(line).results().map(CommandLineDocsTest::word).toList();
  }

  private static String word(MatchResult found) {
    return found.group(1) == null ? found.group(2) : found.group(1);
  }

  private static String run(List<String> arguments) {
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      assertThat(Main.run(Map.of(), arguments.toArray(String[]::new))).isZero();
    } finally {
      System.setOut(out);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}
