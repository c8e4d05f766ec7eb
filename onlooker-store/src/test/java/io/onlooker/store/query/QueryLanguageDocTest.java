package io.onlooker.store.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of the language's reference: the first cell of each row of its tables. */
class QueryLanguageDocTest {

  private static final Path PAGE = Path.of("../docs/query-language.md");
  private static final Pattern HEAD = Pattern.compile("\\| ([A-Z][a-z ]+) \\|.*");
  private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\|.*");

  private static final Map<String, Function<String, Object>> PARSERS =
      Map.of(
          "Query", QueryParser::parse,
          "Query with figures", QueryParser::parseQuery,
          "Session query", QueryParser::parseSessions,
          "Aggregate", AggregateParser::parse,
          "Group", GroupParser::parse);

  record Example(String table, String text) {}

  static List<Example> examples() throws IOException {
    List<Example> examples = new ArrayList<>();
    String table = "";
    for (String line : Files.readAllLines(PAGE)) {
      Matcher head = HEAD.matcher(line);
      Matcher row = ROW.matcher(line);
      if (head.matches()) {
        table = head.group(1);
      } else if (row.matches()) {
        examples.add(new Example(table, row.group(1)));
      }
    }
    assertThat(examples).hasSizeGreaterThan(80);
    return examples;
  }

  /** The page has every function and every field that the parser knows. */
  @Test
  void names_areAllOnThePage() throws IOException {
    String page = Files.readString(PAGE);
    Set<String> names = new TreeSet<>(FunctionTable.names());
    for (Vocabulary fields :
        List.of(Vocabulary.SPANS, Vocabulary.SESSIONS, Vocabulary.ISSUES, Vocabulary.LOGS)) {
      names.addAll(fields.names());
    }
    names.removeIf(name -> Pattern.compile("`" + Pattern.quote(name) + "\\b").matcher(page).find());

    assertThat(names).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void example_isReadAsItsTableSays(Example example) {
    Function<String, Object> parser = PARSERS.get(example.table());
    if (parser == null) {
      assertThat(example.table()).isEqualTo("Mistake");
      assertThatExceptionOfType(QueryException.class)
          .isThrownBy(() -> QueryParser.parseQuery(example.text()));
      return;
    }
    assertThat(parser.apply(example.text())).isNotNull();
  }
}
