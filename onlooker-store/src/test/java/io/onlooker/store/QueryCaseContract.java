package io.onlooker.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.onlooker.store.QueryCase.Asked;
import io.onlooker.store.query.AggregateParser;
import io.onlooker.store.query.GroupParser;
import io.onlooker.store.query.QueryParser;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The queries that are told as data. */
public abstract class QueryCaseContract extends KeepingContract {

  static final List<QueryCase> CASES = QueryCase.all();

  @ParameterizedTest
  @FieldSource("CASES")
  void query_asTold(QueryCase told) {
    append(told.spans());

    for (Asked asked : told.asked()) {
      Result result =
          store.aggregate(
              new Query(
                  1,
                  QueryParser.parse(asked.query(), NOON),
                  asked.figures().stream().map(text -> AggregateParser.parse(text, NOON)).toList(),
                  asked.groups().stream().map(GroupParser::parse).toList(),
                  FROM,
                  TO,
                  null,
                  List.of(),
                  100));
      assertThat(numbersAlike(result.rows()))
          .as(asked.query())
          .isEqualTo(numbersAlike(asked.rows()));
    }
  }

  /** With whole numbers in one form, whether they were told as 1 or 1.0. */
  private static List<@Nullable Object> numbersAlike(List<?> values) {
    List<@Nullable Object> alike = new ArrayList<>();
    for (Object value : values) {
      alike.add(
          switch (value) {
            case List<?> list -> numbersAlike(list);
            case Double number when number == Math.rint(number) && Math.abs(number) < 9e18 ->
                number.longValue();
            case null -> null;
            default -> value;
          });
    }
    return alike;
  }
}
