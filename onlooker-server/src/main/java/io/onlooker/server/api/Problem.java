package io.onlooker.server.api;

import io.onlooker.server.http.HttpProblem;
import io.onlooker.store.StoreException;
import io.onlooker.store.query.QueryException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes problems that name the thing, its value and what was expected. */
final class Problem {

  private static final int SHOWN = 80;

  private Problem() {}

  static HttpProblem badParameter(String name, String value, String expected) {
    return new HttpProblem(
        400, "Bad parameter", name + ": " + shown(value) + " (expected: " + expected + ")");
  }

  static HttpProblem missing(String name, String expected) {
    return new HttpProblem(400, "Missing parameter", name + ": none (expected: " + expected + ")");
  }

  static HttpProblem notFound(String name, String value) {
    return new HttpProblem(
        404, "Not found", name + ": " + shown(value) + " (expected: one that is stored)");
  }

  /**
   * Reads a text in the query language.
   *
   * @param name what holds the text
   * @throws HttpProblem 400 with the mistake, its position, and what may have been meant
   */
  static <T> T reading(String name, Supplier<T> parser) {
    try {
      return parser.get();
    } catch (QueryException e) {
      throw new HttpProblem(400, "Bad query", name + ": " + e.getMessage());
    }
  }

  /**
   * Asks the store.
   *
   * @throws HttpProblem 422 for a query that asks for too much
   */
  static <T> T asking(Supplier<T> question) {
    try {
      return question.get();
    } catch (StoreException e) {
      if (e.reason() == StoreException.Reason.LIMIT) {
        throw new HttpProblem(422, "Query too large", String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  /**
   * Asks the store for a page behind an earlier one.
   *
   * @throws HttpProblem 400 for a cursor that the store did not give, 422 as {@link #asking}
   */
  static <T> T paging(@Nullable String cursor, Supplier<T> question) {
    try {
      return asking(question);
    } catch (IllegalArgumentException e) {
      if (cursor == null) {
        throw e;
      }
      throw badParameter("cursor", cursor, "one that an earlier answer gave");
    }
  }

  private static String shown(String value) {
    String line = value.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
  }
}
