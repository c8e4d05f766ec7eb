package io.onlooker.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.Documents;
import io.onlooker.Onlooker;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the front page promises is what the build tests, and the properties that documents show
 * work.
 */
class ReadmeTest {

  private static final Path README = Path.of("../README.md");
  private static final Pattern OLDEST =
      Pattern.compile("<([a-z0-9-]+)\\.oldest\\.version>([^<]+)</");
  private static final Pattern PROMISED = Pattern.compile("\\| (\\S+ to \\S+) \\|");
  private static final Pattern SNIPPET =
      Pattern.compile("<!-- spring-boot -->\n```properties\n(.*?)```", Pattern.DOTALL);

  @Test
  void versions_areThoseOfTheBuild() throws IOException {
    String pom = Files.readString(Path.of("../pom.xml"));
    List<String> tested = new ArrayList<>();
    Matcher oldest = OLDEST.matcher(pom);
    while (oldest.find()) {
      String newest = "<" + oldest.group(1) + ".newest.version>";
      int at = pom.indexOf(newest) + newest.length();
      tested.add(oldest.group(2) + " to " + pom.substring(at, pom.indexOf('<', at)));
    }

    List<String> promised =
        PROMISED.matcher(Files.readString(README)).results().map(row -> row.group(1)).toList();
    assertThat(promised).containsExactlyInAnyOrderElementsOf(tested);
  }

  static List<MatchResult> snippets() throws IOException {
    List<MatchResult> snippets = new ArrayList<>();
    for (Path document : Documents.all()) {
      SNIPPET.matcher(Files.readString(document)).results().forEach(snippets::add);
    }
    return snippets;
  }

  @ParameterizedTest
  @MethodSource("snippets")
  void snippet_starts(MatchResult snippet) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(snippet.group(1)));
    String[] pairs =
        properties.stringPropertyNames().stream()
            .map(name -> name + "=" + properties.getProperty(name))
            .toArray(String[]::new);

    Contexts.runner()
        .withPropertyValues(pairs)
        .run(context -> {
          assertThat(context).hasNotFailed();
          assertThat(context.getBean(Onlooker.class).sendDefaultPii())
              .isEqualTo(properties.containsKey("onlooker.send-default-pii"));
        });
  }
}
