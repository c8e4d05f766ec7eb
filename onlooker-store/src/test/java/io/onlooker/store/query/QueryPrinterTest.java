package io.onlooker.store.query;

import static io.onlooker.store.query.QueryParserTest.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.store.Field;
import io.onlooker.store.Field.Attribute;
import io.onlooker.store.Field.Column;
import io.onlooker.store.Filter;
import io.onlooker.store.Filter.Comparison;
import io.onlooker.store.Filter.Pattern;
import io.onlooker.store.Filter.Value;
import io.onlooker.store.query.CaseFile.Case;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class QueryPrinterTest {

  static final List<Case> SPANS = valid("spans.tsv");
  static final List<Case> SESSIONS = valid("sessions.tsv");

  @ParameterizedTest
  @FieldSource("SPANS")
  void spans_readAgain(Case each) {
    ParsedQuery query = QueryParser.parseQuery(each.text(), NOW);

    String printed = QueryPrinter.print(query);

    assertThat(TreeText.of(QueryParser.parseQuery(printed, NOW))).isEqualTo(TreeText.of(query));
    assertThat(QueryParser.parseQuery(printed, NOW).filter()).isEqualTo(query.filter());
  }

  @ParameterizedTest
  @FieldSource("SESSIONS")
  void sessions_readAgain(Case each) {
    Filter filter = QueryParser.parseSessions(each.text());

    assertThat(QueryParser.parseSessions(QueryPrinter.printSessions(filter))).isEqualTo(filter);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          op:a and status:OK            | span.op:a span.status:ok
          (op:a or op:b) c              | (span.op:a OR span.op:b) c
          op:a or (op:b op:c)           | span.op:a OR span.op:b span.op:c
          !(op:a op:b)                  | !(span.op:a span.op:b)
          key:!=5m                      | !key:5m
          key:1                         | key:1
          key:"5"                       | key:"5"
          key:[1, "a b"]                | key:[1, "a b"]
          key:""                        | !has:key
          tags[status]:x                | tags[status]:x
          tags[key,number]:1            | tags[key,number]:1
          "odd key":*a\\*b*             | "odd key":"*a\\*b*"
          duration:>90s                 | span.duration:>90s
          duration:>3600s               | span.duration:>1h
          duration:>1500ms              | span.duration:>1500ms
          timestamp:>-24h               | timestamp:>2026-11-19T12:00:00Z
          description:*check*           | check
          "AND"                         | "AND"
          sentry.release:1.10           | release:1.10
          op:a count():>1k p95():>1s    | span.op:a count():>1000 p95():>1000
          """)
  void print_canonicalForm(String query, String canonical) {
    assertThat(QueryPrinter.print(QueryParser.parseQuery(query, NOW))).isEqualTo(canonical);
  }

  @Test
  void print_everythingAndNothing() {
    assertThat(QueryPrinter.print(Filter.ALL)).isEmpty();
    assertThat(QueryPrinter.print(new Filter.Not(Filter.ALL))).isEqualTo("!has:trace");
    assertThat(QueryPrinter.print(new Filter.Or(List.of()))).isEqualTo("!has:trace");
  }

  @Test
  void print_alternativesBesideAggregate() {
    ParsedQuery query = QueryParser.parseQuery("(op:a OR op:b) count():>1", NOW);

    assertThat(QueryPrinter.print(query)).isEqualTo("(span.op:a OR span.op:b) count():>1");
  }

  @Property
  void print_anyTree(@ForAll("filters") Filter filter) {
    Filter normal = FilterTree.normal(filter);

    String printed = QueryPrinter.print(filter);

    assertThat(QueryParser.parse(printed, NOW)).as(printed).isEqualTo(normal);
  }

  @Provide
  Arbitrary<Filter> filters() {
    return filters(3);
  }

  private static Arbitrary<Filter> filters(int depth) {
    if (depth == 0) {
      return terms();
    }
    Arbitrary<Filter> inner = filters(depth - 1);
    Arbitrary<List<Filter>> parts = inner.list().ofMinSize(1).ofMaxSize(3);
    return Arbitraries.oneOf(
        terms(), inner.map(Filter.Not::new), parts.map(Filter.And::new), parts.map(Filter.Or::new));
  }

  private static Arbitrary<Filter> terms() {
    Arbitrary<Field> fields = Arbitraries.oneOf(keys(), Arbitraries.of(Column.OP, Column.NAME));
    Arbitrary<List<Value>> texts = texts().map(text -> List.of(new Value.Text(text)));
    Arbitrary<List<Value>> numbers = numbers().map(number -> List.of(new Value.Number(number)));
    return Arbitraries.oneOf(
        fields.map(Filter.Has::new),
        fields.flatMap(field -> texts.map(values -> new Filter.Equal(field, values))),
        keys().flatMap(field -> numbers.map(values -> new Filter.Equal(field, values))),
        fields.flatMap(field -> patterns().map(pattern -> new Filter.Matches(field, pattern))),
        Arbitraries.oneOf(keys(), Arbitraries.of(Column.DURATION))
            .flatMap(field ->
                Arbitraries.of(Comparison.class)
                    .flatMap(comparison ->
                        numbers().map(n -> new Filter.Compare(field, comparison, n)))));
  }

  private static Arbitrary<Field> keys() {
    return Arbitraries.oneOf(
            Arbitraries.of("op", "status", "has", "or", "tags", "a.b", "x_ms", "sentry.release"),
            texts())
        .map(Attribute::new);
  }

  private static Arbitrary<Double> numbers() {
    return Arbitraries.oneOf(
        Arbitraries.of(0.0, 1.0, -1.0, 0.1 + 0.2, 1e15, 1e300, Double.MIN_VALUE, 86_400_000.0),
        Arbitraries.integers().map(Integer::doubleValue),
        Arbitraries.doubles().map(number -> number == 0 ? 0 : number));
  }

  /** At least two pieces, of which those within are not empty, and not all are. */
  private static Arbitrary<Pattern> patterns() {
    return texts()
        .list()
        .ofMinSize(1)
        .ofMaxSize(2)
        .flatMap(inner ->
            Arbitraries.oneOf(texts(), Arbitraries.just(""))
                .list()
                .ofSize(2)
                .map(ends -> pattern(ends, inner)));
  }

  private static Pattern pattern(List<String> ends, List<String> inner) {
    List<String> pieces = new ArrayList<>(inner);
    pieces.addFirst(ends.getFirst());
    pieces.addLast(ends.getLast());
    return new Pattern(pieces);
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.of("AND", "or", "true", "1", "5m", "007", "a b", "*", "\\", "\"", "[a]", "(a)"),
        Arbitraries.strings().withChars("ab*\\\"[](),:!<>= 1키").ofMinLength(1).ofMaxLength(8),
        Arbitraries.strings().ofMinLength(1).ofMaxLength(8));
  }

  private static List<Case> valid(String file) {
    return CaseFile.read(file).stream().filter(Predicate.not(Case::isError)).toList();
  }
}
