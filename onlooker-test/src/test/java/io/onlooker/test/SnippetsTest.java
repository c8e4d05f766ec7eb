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
 * The samples of the README are those that {@link TutorialTest} runs. {@code ./mvnw test -pl
 * onlooker-test -Dtest=SnippetsTest -Dsnippets=write} copies them over.
 */
class SnippetsTest {

  private static final Path TUTORIAL = Path.of("src/test/java/io/onlooker/test/TutorialTest.java");
  private static final Path README = Path.of("../onlooker/README.md");
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

    Map<String, String> shown = new LinkedHashMap<>();
    SHOWN
        .matcher(Files.readString(README))
        .results()
        .forEach(match -> shown.put(match.group(1), match.group(2)));

    assertThat(shown).containsExactlyInAnyOrderEntriesOf(run);
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
