package io.onlooker.server.web;

import io.onlooker.store.Filter;
import io.onlooker.store.query.QueryException;
import io.onlooker.store.query.QueryParser;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a query bar holds and what it means.
 *
 * @param ask with the query that is answered: the one before when the typed one cannot be read
 * @param typed as the person wrote it
 * @param filter what is answered
 * @param mistake what is wrong with the typed query, or null
 * @param nothing whether there is nothing to answer: a mistake, and no query before it
 * @param parser reads queries of this list
 */
record Searched(
    Ask ask,
    String typed,
    Filter filter,
    @Nullable Mistake mistake,
    boolean nothing,
    Function<String, Filter> parser) {

  /** What ends a word of a query. */
  private static final String ENDS = " :()[],\"";

  private static final Pattern TERM = Pattern.compile("(?:\"(?:[^\"\\\\]|\\\\.)*+\"?|[^\\s\"])++");

  /**
   * A query that cannot be read.
   *
   * @param text what is wrong, in a sentence
   * @param before what stands before the wrong word
   * @param wrong the wrong word
   * @param after what stands behind it
   * @param corrected the query that was probably meant, or null
   * @param link asks it, or null
   */
  record Mistake(
      String text,
      String before,
      String wrong,
      String after,
      @Nullable String corrected,
      @Nullable String link) {}

  /** A term that can be left out of the query. */
  record Dropped(String term, String query, String link) {}

  static Searched sessions(Ask ask, @Nullable String was) {
    return of(ask, was, QueryParser::parseSessions);
  }

  static Searched issues(Ask ask, @Nullable String was) {
    return of(ask, was, QueryParser::parseIssues);
  }

  static Searched logs(Ask ask, @Nullable String was) {
    return of(ask, was, QueryParser::parseLogs);
  }

  static Searched spans(Ask ask, @Nullable String was) {
    return of(ask, was, QueryParser::parse);
  }

  private static Searched of(Ask ask, @Nullable String was, Function<String, Filter> parser) {
    try {
      Filter filter = ask.narrowed(parser.apply(ask.query()));
      return new Searched(ask, ask.query(), filter, null, false, parser);
    } catch (QueryException e) {
      return before(ask, was, parser, mistake(ask, e));
    }
  }

  /** The old result stays while its reader mends the query. */
  private static Searched before(
      Ask ask, @Nullable String was, Function<String, Filter> parser, Mistake mistake) {
    try {
      if (was != null) {
        Ask old = ask.withQuery(was);
        Filter filter = ask.narrowed(parser.apply(was));
        return new Searched(old, ask.query(), filter, mistake, false, parser);
      }
    } catch (QueryException e) {
      // An address that was edited by hand: then there is no old result.
    }
    return new Searched(ask, ask.query(), Filter.ALL, mistake, true, parser);
  }

  /** What another query of the same list takes; one that cannot be read takes everything. */
  Filter filter(String query) {
    try {
      return ask.narrowed(parser.apply(query));
    } catch (QueryException e) {
      // What is left of a query when a term is cut out need not be one: "a OR" is none.
      return ask.narrowed(Filter.ALL);
    }
  }

  /** The query without one of its terms, for each of them. */
  List<Dropped> narrower() {
    List<Dropped> dropped = new ArrayList<>();
    Matcher terms = TERM.matcher(ask.query());
    while (terms.find()) {
      String query = ask.query();
      String rest = query.substring(0, terms.start()) + query.substring(terms.end());
      String shorter = rest.replaceAll("\\s+", " ").strip();
      dropped.add(new Dropped(terms.group(), shorter, ask.queryLink(shorter)));
    }
    return dropped;
  }

  private static Mistake mistake(Ask ask, QueryException e) {
    String query = e.query();
    int end = e.position();
    while (end < query.length() && ENDS.indexOf(query.charAt(end)) < 0) {
      end++;
    }
    String before = query.substring(0, e.position());
    String after = query.substring(end);
    String corrected = e.suggestion() == null ? null : before + e.suggestion() + after;
    return new Mistake(
        String.valueOf(e.getMessage()),
        before,
        query.substring(e.position(), end),
        after,
        corrected,
        corrected == null ? null : ask.queryLink(corrected));
  }
}
