package io.onlooker.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The samples of the two READMEs are those that {@link TutorialTest} runs. {@code ./mvnw test -pl
 * onlooker-test -Dtest=SnippetsTest -Dsnippets=write} copies them over.
 */
class SnippetsTest {

  private static final Path TUTORIAL = Path.of("src/test/java/io/onlooker/test/TutorialTest.java");
  private static final Path README = Path.of("../onlooker-core/README.md");
  private static final Path FIRST_SCREEN = Path.of("../README.md");
  private static final Pattern MARKED =
      Pattern.compile("( *)// snippet: ([a-z-]+)\n(.*?)\n *// end\n", Pattern.DOTALL);
  private static final Pattern SHOWN =
      Pattern.compile("<!-- snippet: ([a-z-]+) -->\n```java\n(.*?)```\n", Pattern.DOTALL);

  @Test
  void readme_showsWhatRuns() throws IOException {
    Map<String, String> run = marked();
    if ("write".equals(System.getProperty("snippets"))) {
      Files.writeString(README, filled(Files.readString(README), run));
    }

    assertThat(shown(README)).containsExactlyInAnyOrderEntriesOf(run);
  }

  @Test
  void firstScreen_showsWhatRuns() throws IOException {
    Map<String, String> run = marked();
    if ("write".equals(System.getProperty("snippets"))) {
      Files.writeString(FIRST_SCREEN, filled(Files.readString(FIRST_SCREEN), run));
    }

    assertThat(shown(FIRST_SCREEN)).isNotEmpty();
    assertThat(run).containsAllEntriesOf(shown(FIRST_SCREEN));
  }

  private static Map<String, String> shown(Path file) throws IOException {
    Map<String, String> shown = new LinkedHashMap<>();
    SHOWN
        .matcher(Files.readString(file))
        .results()
        .forEach(match -> shown.put(match.group(1), match.group(2)));
    return shown;
  }

  private static Map<String, String> marked() throws IOException {
    Map<String, String> snippets = new LinkedHashMap<>();
    MARKED
        .matcher(Files.readString(TUTORIAL))
        .results()
        .forEach(match -> snippets.put(match.group(2), unindented(match)));
    return snippets;
  }

  private static String unindented(MatchResult match) {
    return match.group(3).replaceAll("(?m)^" + match.group(1), "").strip() + "\n";
  }

  private static String filled(String readme, Map<String, String> snippets) {
    return SHOWN
        .matcher(readme)
        .replaceAll(match ->
            java.util.regex.Matcher.quoteReplacement(
                "<!-- snippet: "
                    + match.group(1)
                    + " -->\n```java\n"
                    + snippets.getOrDefault(match.group(1), "")
                    + "```\n"));
  }
}
