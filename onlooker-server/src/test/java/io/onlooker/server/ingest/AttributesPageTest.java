package io.onlooker.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.server.ingest.Aliases.Shape;
import io.onlooker.server.ingest.Aliases.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/attributes.md} has what the server reads and adds. */
class AttributesPageTest {

  private static final Path PAGE = Path.of("..", "docs", "attributes.md");
  private static final Pattern ADDED = Pattern.compile("\"(onlooker\\.[a-z_.]+)\"");

  private static final Map<Shape, String> HOW =
      Map.of(
          Shape.AS_IS, "",
          Shape.COUNT, "numeric text becomes a number",
          Shape.WORDS, "becomes JSON text of a list",
          Shape.MESSAGES, "`{role, content}` becomes `{role, parts}`",
          Shape.SINCE_START, "a moment becomes seconds since the start",
          Shape.MILLIS, "milliseconds become seconds");

  /** One row of the page's last table. */
  private record Group(String name, Shape shape, boolean aiOnly) {}

  @Test
  void names_thatAreRead_areThoseOfTheCode() throws IOException {
    String page = Files.readString(PAGE);
    List<String> shown =
        page.substring(page.indexOf("| name | read as such |"))
            .lines()
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .toList();

    assertThat(shown).containsExactlyElementsOf(rows());
  }

  @Test
  void names_thatAreAdded_areOnThePage() throws IOException {
    String page = Files.readString(PAGE);
    Set<String> missing = new TreeSet<>();
    for (Path root :
        List.of(Path.of("src/main/java"), Path.of("../onlooker-store/src/main/java"))) {
      try (Stream<Path> files = Files.walk(root)) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .flatMap(AttributesPageTest::added)
            .filter(name -> !page.contains("`" + name))
            .forEach(missing::add);
      }
    }
    assertThat(missing).isEmpty();
  }

  private static Stream<String> added(Path file) {
    try {
      List<MatchResult> found = ADDED.matcher(Files.readString(file)).results().toList();
      return found.stream().map(match -> match.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> rows() {
    Map<Group, List<String>> groups = new LinkedHashMap<>();
    Aliases.all().entrySet().stream()
        .sorted(Comparator.comparingInt(entry -> entry.getValue().rank()))
        .forEach(entry -> {
          Target target = entry.getValue();
          Group group = new Group(target.name(), target.shape(), target.aiOnly());
          groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(entry.getKey());
        });
    return groups.entrySet().stream().map(entry -> row(entry.getKey(), entry.getValue())).toList();
  }

  private static String row(Group group, List<String> aliases) {
    String names = aliases.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    String spans = group.aiOnly() ? "AI" : "all";
    return "| `%s` | %s | %s | %s |".formatted(group.name(), names, spans, HOW.get(group.shape()));
  }
}
