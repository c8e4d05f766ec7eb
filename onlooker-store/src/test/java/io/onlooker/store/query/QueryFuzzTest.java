package io.onlooker.store.query;

import static io.onlooker.store.query.QueryParserTest.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is written, a parser answers with a tree or a {@link QueryException}. */
class QueryFuzzTest {

  @Property
  void anyText(@ForAll String text) {
    readAll(text);
  }

  @Property(tries = 5_000)
  void wordsOfTheLanguage(@ForAll("words") String text) {
    readAll(text);
  }

  @Property
  void readQuery_printsAndReadsAgain(@ForAll("words") String text) {
    read(
        text,
        query -> {
          ParsedQuery parsed = QueryParser.parseQuery(query, NOW);
          String printed = QueryPrinter.print(parsed);
          assertThat(QueryParser.parseQuery(printed, NOW).filter())
              .as("%s%n%s", query, printed)
              .isEqualTo(parsed.filter());
        });
  }

  @Provide
  Arbitrary<String> words() {
    return Arbitraries.of(
            "op",
            "status",
            "timestamp",
            "span.duration",
            "key",
            "is_segment",
            "tags[key]",
            "tags[key,number]",
            "has",
            ":",
            ":",
            ":>",
            ":<=",
            ":!=",
            "=",
            ",",
            "[a, 1]",
            "[",
            "]",
            "(",
            ")",
            "!",
            "\"",
            "\"a b\"",
            "*",
            "\\",
            " ",
            " ",
            " ",
            "AND",
            "OR",
            "5",
            "1",
            "5m",
            "1.5s",
            "10%",
            "5kib",
            "true",
            "error",
            "internal_error",
            "2026-11-20",
            "-24h",
            "+1d",
            "1e300",
            "007",
            "count()",
            "p95(",
            "count_if(",
            "share(",
            "bucket(",
            "키",
            "\0")
        .list()
        .ofMaxSize(12)
        .map(words -> String.join("", words));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        ")",
        "!",
        "\"",
        "*",
        "\\",
        "[",
        "]",
        ":",
        "a",
        "1",
        " ",
        ",",
        "a:",
        "a:[",
        "a:*",
        "a*",
        "\\\"",
        "count(",
        "count_if(",
        "a:1e",
        "-",
        "a:>",
        "tags[",
        "\"a\":",
        "a OR ",
        "!(",
        "((a)",
        "p95_if(a,",
        "0",
        "a:0."
      })
  void longRepetition(String part) {
    readAll(part.repeat(QueryReader.MAX_CHARACTERS / part.length()));
    readAll("x:" + part.repeat(QueryReader.MAX_CHARACTERS / part.length() - 2));
  }

  private static void readAll(String text) {
    read(text, query -> QueryParser.parse(query, NOW));
    read(text, query -> QueryParser.parseQuery(query, NOW));
    read(text, QueryParser::parseSessions);
    read(text, aggregate -> AggregateParser.parse(aggregate, NOW));
    read(text, GroupParser::parse);
  }

  private static void read(String text, Consumer<String> parser) {
    try {
      parser.accept(text);
    } catch (QueryException e) {
      assertThat(e.position()).isBetween(0, e.query().length());
      assertThat(e.getMessage()).isNotBlank();
      assertThat(e.picture().lines()).hasSize(2);
    }
  }
}
