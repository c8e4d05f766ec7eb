package io.onlooker.store.query;

import io.onlooker.store.Filter;
import io.onlooker.store.query.AggregateFilter.Relation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a query by recursive descent, one method for each production.
 *
 * <pre>{@code
 * query      = [ or ]
 * or         = and { "OR" and }
 * and        = term { [ "AND" ] term }
 * term       = ( "!" | "NOT" ) term
 *            | "(" or ")"
 *            | has | filter | figure | text
 * has        = "has:" field
 * filter     = field ":" [ relation ] ( value | list )
 * figure     = aggregate ":" [ relation ] value            see AggregateParser
 * text       = value                                       found anywhere in the name, in any case
 * field      = key | '"' any characters '"' | "tags[" key [ "," ( "number" | "string" ) ] "]"
 * key        = letters, digits and _ . -
 * relation   = ">" | ">=" | "<" | "<=" | "=" | "!="
 * list       = "[" value { "," value } "]"                 any of them; no wildcards
 * value      = '"' characters '"' | characters up to a space or a closing parenthesis
 * }</pre>
 *
 * <p>{@code AND} and {@code OR} are read in any case, {@code NOT} in capitals only, since {@code
 * not found} is more often text that somebody looks for. In a value {@code *} stands for any text,
 * and {@code \* \" \\} for the character itself. What a value can be depends on its field: see the
 * query language's reference in {@code docs/query-language.md}.
 *
 * <p>A query has at most 10,000 characters and 1,000 terms, each value of a list being one, nests
 * at most 100 deep, and a value has at most 20 wildcards.
 */
public final class QueryParser {

  /** What a query may hold beside filters. */
  private enum Part {
    FILTERS,
    FILTERS_AND_FIGURES,
    /** The inside of a {@code _if}, where terms may be written without a colon. */
    CONDITION
  }

  private static final Map<String, Relation> WORDS =
      Map.of(
          "equals", Relation.EQUAL,
          "notEquals", Relation.NOT_EQUAL,
          "less", Relation.LESS,
          "lessOrEquals", Relation.LESS_OR_EQUAL,
          "greater", Relation.GREATER,
          "greaterOrEquals", Relation.GREATER_OR_EQUAL);

  private final QueryReader reader;
  private final FieldReader fields;
  private final AggregateReader aggregates;
  private final Terms terms;
  private final Part part;
  private final List<AggregateFilter> having = new ArrayList<>();

  private QueryParser(QueryReader reader, Vocabulary vocabulary, Part part, Instant now) {
    this.reader = reader;
    this.fields = new FieldReader(reader, vocabulary);
    this.aggregates = new AggregateReader(reader, now);
    this.terms = new Terms(reader, now);
    this.part = part;
  }

  /**
   * Reads a query over spans; empty text is {@link Filter#ALL}.
   *
   * @throws QueryException when the text is no query, or filters by an aggregate
   */
  public static Filter parse(String text) {
    return parse(text, Instant.now());
  }

  /**
   * The same.
   *
   * @param now what relative times such as {@code -24h} count back from
   * @throws QueryException when the text is no query, or filters by an aggregate
   */
  public static Filter parse(String text, Instant now) {
    return new QueryParser(new QueryReader(text), Vocabulary.SPANS, Part.FILTERS, now).query();
  }

  /**
   * Reads a query over spans that may also filter the groups of its result by their figures.
   *
   * @throws QueryException when the text is no query
   */
  public static ParsedQuery parseQuery(String text) {
    return parseQuery(text, Instant.now());
  }

  /**
   * The same.
   *
   * @param now what relative times such as {@code -24h} count back from
   * @throws QueryException when the text is no query
   */
  public static ParsedQuery parseQuery(String text, Instant now) {
    QueryParser parser =
        new QueryParser(new QueryReader(text), Vocabulary.SPANS, Part.FILTERS_AND_FIGURES, now);
    return new ParsedQuery(parser.query(), parser.having);
  }

  /**
   * Reads a query over sessions, whose fields {@link io.onlooker.store.SessionQuery} names; empty
   * text is {@link Filter#ALL}.
   *
   * @throws QueryException when the text is no query, or names another field
   */
  public static Filter parseSessions(String text) {
    return new QueryParser(new QueryReader(text), Vocabulary.SESSIONS, Part.FILTERS, Instant.EPOCH)
        .query();
  }

  /**
   * Reads a query over issues, whose fields {@link io.onlooker.store.issue.IssueQuery} names; empty
   * text is {@link Filter#ALL}.
   *
   * @throws QueryException when the text is no query, or names another field
   */
  public static Filter parseIssues(String text) {
    return new QueryParser(new QueryReader(text), Vocabulary.ISSUES, Part.FILTERS, Instant.EPOCH)
        .query();
  }

  /**
   * Reads a query over log lines, whose fields {@link io.onlooker.store.LogQuery} names; empty text
   * is {@link Filter#ALL}.
   *
   * @throws QueryException when the text is no query
   */
  public static Filter parseLogs(String text) {
    return new QueryParser(new QueryReader(text), Vocabulary.LOGS, Part.FILTERS, Instant.EPOCH)
        .query();
  }

  /** Reads a condition up to the parenthesis that closes it. */
  static Filter condition(QueryReader reader, Instant now) {
    return new QueryParser(reader, Vocabulary.SPANS, Part.CONDITION, now).or();
  }

  private Filter query() {
    reader.skipSpaces();
    if (reader.ended()) {
      return Filter.ALL;
    }
    Filter filter = or();
    if (!reader.ended()) {
      throw reader.failure(") (expected: an opening parenthesis before it)", reader.position());
    }
    return filter;
  }

  private Filter or() {
    int figures = having.size();
    List<Filter> any = new ArrayList<>();
    any.add(and());
    while (reader.seesWord("OR")) {
      int start = reader.position();
      reader.takeWord("OR");
      any.add(and());
      if (having.size() > figures) {
        throw reader.failure(
            "OR beside an aggregate (expected: AND; aggregates only narrow a result)", start);
      }
    }
    return FilterTree.or(any);
  }

  private Filter and() {
    List<Filter> all = new ArrayList<>();
    all.add(term());
    reader.skipSpaces();
    while (!reader.ended() && !reader.sees(')') && !reader.seesWord("OR")) {
      reader.takeWord("AND");
      all.add(term());
      reader.skipSpaces();
    }
    return FilterTree.and(all);
  }

  private Filter term() {
    reader.skipSpaces();
    requireTerm();
    if (reader.seesCapitals("NOT")) {
      return not("NOT");
    }
    return switch (reader.peek()) {
      case '!' -> not("!");
      case '(' -> group();
      case '"' -> quoted();
      default -> word();
    };
  }

  private void requireTerm() {
    boolean keyword = reader.seesWord("AND") || reader.seesWord("OR");
    if (reader.ended() || reader.sees(')') || keyword) {
      throw reader.failure(
          (reader.ended() ? "the end" : reader.sees(')') ? ")" : "AND or OR")
              + " (expected: a term before it, such as op:gen_ai.chat)",
          reader.position());
    }
  }

  private Filter not(String sign) {
    int start = reader.position();
    int figures = having.size();
    reader.take(sign);
    reader.enter();
    Filter filter = FilterTree.not(term());
    reader.leave();
    if (having.size() > figures) {
      throw reader.failure(
          sign + " before an aggregate (expected: the opposite comparison, such as count():<=10)",
          start);
    }
    return filter;
  }

  private Filter group() {
    int start = reader.position();
    reader.take('(');
    reader.enter();
    Filter filter = or();
    reader.leave();
    if (!reader.take(')')) {
      throw reader.failure("( without end (expected: a closing parenthesis)", start);
    }
    return filter;
  }

  private Filter quoted() {
    int start = reader.position();
    Literal literal = reader.literal("");
    if (isField()) {
      reader.back(start);
      return filter();
    }
    return text(literal);
  }

  private Filter word() {
    int start = reader.position();
    boolean tag = reader.sees(FieldReader.TAGS);
    String name = reader.name();
    boolean figure = !name.isEmpty() && reader.sees('(');
    boolean field = tag || (!name.isEmpty() && isField());
    reader.back(start);
    if (figure) {
      return figure();
    }
    if (!field) {
      return text(reader.literal(""));
    }
    return reader.take("has:") ? has() : filter();
  }

  /** Whether what was just read is a field, by what comes next. */
  private boolean isField() {
    return switch (reader.peek()) {
      case ':' -> true;
      case '=', '!', '<', '>', ',' -> part == Part.CONDITION;
      default -> false;
    };
  }

  private Filter has() {
    reader.countTerm(reader.position());
    NamedField field = fields.read();
    reader.requireBoundary();
    return new Filter.Has(field.field());
  }

  private Filter filter() {
    NamedField field = fields.read();
    if (part == Part.CONDITION && reader.take(',')) {
      return spelledOut(field);
    }
    boolean colon = reader.take(':');
    Relation relation = reader.relation();
    if (!colon && relation == null) {
      throw reader.failure(field.name() + " (expected: a colon behind it)", reader.position());
    }
    List<Literal> literals = reader.sees('[') ? list() : List.of(value(""));
    return terms.filter(field, relation == null ? Relation.EQUAL : relation, literals);
  }

  /** Sentry's own way to write a condition: {@code span.op,equals,queue.publish}. */
  private Filter spelledOut(NamedField field) {
    reader.skipSpaces();
    int start = reader.position();
    String word = reader.name();
    Relation relation = WORDS.get(word);
    reader.skipSpaces();
    if (relation == null || !reader.take(',')) {
      throw reader.failure(
          field.name() + ", " + QueryException.shown(word) + " (expected: field,equals,value)",
          start,
          Spelling.closest(word, WORDS.keySet()));
    }
    reader.skipSpaces();
    return terms.filter(field, relation, List.of(value(",")));
  }

  private Literal value(String stops) {
    reader.countTerm(reader.position());
    Literal literal = reader.literal(stops);
    if (literal.isEmpty() && !literal.quoted()) {
      throw reader.failure(
          "no value (expected: one, without a space before it; \"\" for none)", literal.position());
    }
    if (literal.quoted() && stops.indexOf(reader.peek()) < 0) {
      reader.requireBoundary();
    }
    return literal;
  }

  private List<Literal> list() {
    int start = reader.position();
    reader.take('[');
    List<Literal> literals = new ArrayList<>();
    do {
      reader.skipSpaces();
      literals.add(listed(start));
      reader.skipSpaces();
    } while (reader.take(','));
    if (!reader.take(']')) {
      throw reader.failure("[ without end (expected: [a, b], quotes around spaces)", start);
    }
    reader.requireBoundary();
    return literals;
  }

  private Literal listed(int start) {
    if (reader.ended()) {
      throw reader.failure("[ without end (expected: [a, b], quotes around spaces)", start);
    }
    Literal literal = value(",]");
    if (literal.hasWildcard()) {
      throw reader.failure(
          QueryException.shown(literal.text()) + " (expected: no * in a list, or \\* for itself)",
          literal.position());
    }
    return literal;
  }

  private Filter figure() {
    int start = reader.position();
    AggregateReader.Figure figure = aggregates.read();
    String label = figure.aggregate().label();
    if (part != Part.FILTERS_AND_FIGURES) {
      throw reader.failure(
          QueryException.shown(label) + ": an aggregate (expected: filters only)", start);
    }
    if (!reader.take(':')) {
      throw reader.failure(
          QueryException.shown(label) + " (expected: a comparison, such as " + label + ":>10)",
          reader.position());
    }
    Relation relation = reader.relation();
    having.add(
        new AggregateFilter(
            figure.aggregate(), relation == null ? Relation.EQUAL : relation, number(figure)));
    return Filter.ALL;
  }

  private double number(AggregateReader.Figure figure) {
    Literal literal = value("");
    @Nullable Double number = Quantity.read(literal.text(), figure.kind());
    if (number == null) {
      throw reader.failure(
          QueryException.shown(figure.aggregate().label() + ": " + literal.text())
              + " (expected: "
              + figure.kind().expected()
              + ")",
          literal.position());
    }
    return number;
  }

  private Filter text(Literal literal) {
    reader.countTerm(literal.position());
    if (literal.isEmpty()) {
      throw reader.failure("\"\" (expected: text to find in the name)", literal.position());
    }
    if (literal.quoted()) {
      reader.requireBoundary();
    } else if (literal.text().contains(":")) {
      throw reader.failure(
          QueryException.shown(literal.text())
              + " (expected: a field before the colon, or quotes around it all)",
          literal.position());
    }
    return Terms.text(literal);
  }
}
