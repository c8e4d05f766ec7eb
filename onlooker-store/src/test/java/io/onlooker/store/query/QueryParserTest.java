package io.onlooker.store.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.onlooker.store.Field.Column;
import io.onlooker.store.Filter;
import io.onlooker.store.Filter.Comparison;
import io.onlooker.store.query.CaseFile.Case;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParserTest {

  static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  static final List<Case> SPANS = CaseFile.read("spans.tsv");
  static final List<Case> SESSIONS = CaseFile.read("sessions.tsv");
  static final List<Case> AGGREGATES = CaseFile.read("aggregates.tsv");
  static final List<Case> GROUPS = CaseFile.read("groups.tsv");

  @ParameterizedTest
  @FieldSource("SPANS")
  void spans(Case each) {
    check(each, text -> TreeText.of(QueryParser.parseQuery(text, NOW)));
  }

  @ParameterizedTest
  @FieldSource("SESSIONS")
  void sessions(Case each) {
    check(each, text -> TreeText.of(QueryParser.parseSessions(text)));
  }

  @ParameterizedTest
  @FieldSource("AGGREGATES")
  void aggregates(Case each) {
    check(each, text -> TreeText.of(AggregateParser.parse(text, NOW)));
  }

  @ParameterizedTest
  @FieldSource("GROUPS")
  void groups(Case each) {
    check(each, text -> TreeText.of(GroupParser.parse(text)));
  }

  private static void check(Case each, Function<String, String> parse) {
    if (each.isError()) {
      QueryException error =
          catchThrowableOfType(QueryException.class, () -> parse.apply(each.text()));

      assertThat(error).as(each.toString()).isNotNull();
      assertThat(error.getMessage()).containsSubsequence(each.messageParts());
      assertThat(error.position()).isEqualTo(each.position());
    } else {
      assertThat(parse.apply(each.text())).isEqualTo(each.expected());
    }
  }

  @Test
  void parse_emptyText() {
    assertThat(QueryParser.parse(" \t\n")).isSameAs(Filter.ALL);
    assertThat(QueryParser.parseSessions("")).isSameAs(Filter.ALL);
  }

  @Test
  void parse_aggregateFilter() {
    assertThatExceptionOfType(QueryException.class)
        .isThrownBy(() -> QueryParser.parse("op:search count():>10"))
        .withMessageContaining("count(): an aggregate (expected: filters only), at 10");
  }

  @Test
  void parse_relativeTime_countsFromNow() {
    Filter day = QueryParser.parse("timestamp:-24h", NOW);

    double yesterday = NOW.minus(Duration.ofDays(1)).toEpochMilli();
    assertThat(day)
        .isEqualTo(new Filter.Compare(Column.TIMESTAMP, Comparison.GREATER_OR_EQUAL, yesterday));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x ", "x OR ", "!x "})
  void parse_asManyTermsAsAllowed(String term) {
    String most = term.repeat(999) + "x";

    assertThat(QueryParser.parse(most)).isNotNull();
    assertThatExceptionOfType(QueryException.class)
        .isThrownBy(() -> QueryParser.parse(term + most))
        .withMessageContaining("at most 1000");
  }

  @Test
  void parse_listValuesAreTerms() {
    assertThatExceptionOfType(QueryException.class)
        .isThrownBy(() -> QueryParser.parse("x:[" + "1,".repeat(1_000) + "1]"))
        .withMessageContaining("at most 1000");
  }

  @Test
  void parse_tenThousandTerms() {
    assertThatExceptionOfType(QueryException.class)
        .isThrownBy(() -> QueryParser.parse("op:a ".repeat(10_000)))
        .withMessageContaining("50000 characters (expected: at most 10000)");
  }

  @Test
  void parse_manyWildcards() {
    assertThatExceptionOfType(QueryException.class)
        .isThrownBy(() -> QueryParser.parse("name:" + "*a".repeat(21)))
        .withMessageContaining("more wildcards (expected: at most 20)");
    assertThat(QueryParser.parse("name:a****b" + "*".repeat(1_000)))
        .isEqualTo(QueryParser.parse("name:a*b*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "!", "!("})
  void parse_tooDeep(String opening) {
    assertThatExceptionOfType(QueryException.class)
        .isThrownBy(() -> QueryParser.parse(opening.repeat(5_000)))
        .withMessageContaining("deeper nesting (expected: at most 100)");
  }

  @Test
  void parse_asDeepAsAllowed() {
    String deep = "(".repeat(100) + "x" + ")".repeat(100);

    assertThat(QueryParser.parse(deep)).isEqualTo(QueryParser.parse("x"));
  }

  @Test
  void parse_oneLongValue() {
    String text = "a".repeat(9_000);

    assertThat(QueryParser.parse("key:" + text))
        .isEqualTo(QueryParser.parse("key:\"" + text + "\""));
  }

  @Test
  void parse_bothFamiliesOfNames() {
    String seeds = "op:a name:b status:ok duration:>1s is_segment:1 trace_id:c span_id:d";
    String sentry =
        "span.op:a span.description:b span.status:ok span.duration:>1s is_transaction:1 trace:c id:d";

    assertThat(QueryParser.parse(seeds)).isEqualTo(QueryParser.parse(sentry));
  }
}
