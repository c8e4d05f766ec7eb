package io.onlooker.store.embedded;

import io.onlooker.store.Field;
import io.onlooker.store.Filter;
import io.onlooker.store.Filter.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Renders a filter over the fields of one of the catalog's tables as a condition. */
final class RowFilterSql {

  private final Fields fields;

  /** What the fields of a table's rows are called in statements. */
  interface Fields {

    /** The field's value, null for none or a field that there is not. */
    Sql expression(String name);

    /** The field's value where it is a number. */
    default Sql number(String name) {
      return expression(name);
    }

    boolean isNumber(String name);

    /** That the field is this value, for one that is more than a column; else null. */
    @Nullable Sql equal(String name, Value value);
  }

  RowFilterSql(Fields fields) {
    this.fields = fields;
  }

  Sql condition(Filter filter) {
    return switch (filter) {
      case Filter.And(List<Filter> all) -> FilterSql.joined(all, " AND ", "TRUE", this::condition);
      case Filter.Or(List<Filter> any) -> FilterSql.joined(any, " OR ", "FALSE", this::condition);
      case Filter.Not(Filter inner) ->
          Sql.of("NOT coalesce(").add(condition(inner)).add(", FALSE)");
      case Filter.Has(Field field) ->
          Sql.of("coalesce(").add(fields.expression(field.label())).add(", '') <> ''");
      case Filter.Equal(Field field, List<Value> values) ->
          FilterSql.joined(values, " OR ", "FALSE", value -> equal(field.label(), value));
      case Filter.Compare(Field field, Filter.Comparison comparison, double value) ->
          fields.number(field.label()).add(FilterSql.sign(comparison)).bind(value);
      case Filter.Matches(Field field, Filter.Pattern pattern) ->
          fields
              .expression(field.label())
              .add(" LIKE ")
              .bind(FilterSql.like(pattern.pieces()))
              .add(" ESCAPE '\\'");
    };
  }

  private Sql equal(String name, Value value) {
    Sql own = fields.equal(name, value);
    if (own != null) {
      return own;
    }
    Double number = FilterSql.number(value);
    return number != null && fields.isNumber(name)
        ? fields.number(name).add(" = ").bind(number)
        : fields.expression(name).add(" = ").bind(FilterSql.text(value));
  }
}
