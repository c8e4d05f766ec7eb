package io.onlooker.store.embedded;

import io.onlooker.store.Field;
import io.onlooker.store.Filter;
import io.onlooker.store.Filter.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells from what is known of a segment whether a filter can take any of its spans. */
final class SegmentChoice {

  private final Segment segment;

  SegmentChoice(Segment segment) {
    this.segment = segment;
  }

  boolean mayMatch(Filter filter) {
    return switch (filter) {
      case Filter.And(List<Filter> all) -> all.stream().allMatch(this::mayMatch);
      case Filter.Or(List<Filter> any) -> any.stream().anyMatch(this::mayMatch);
      case Filter.Not _ -> true;
      case Filter.Has(Field field) -> mayPass(field, filter);
      case Filter.Equal(Field.Column column, List<Value> values) when column == Field.Column.OP ->
          values.stream().anyMatch(value -> !(value instanceof Value.Text))
              || !ops(values).isEmpty();
      case Filter.Equal(Field field, List<Value> _) -> mayPass(field, filter);
      case Filter.Compare(Field field, _, _) -> mayPass(field, filter);
      case Filter.Matches(Field field, _) -> mayPass(field, filter);
    };
  }

  private boolean mayPass(Field field, Filter test) {
    if (field instanceof Field.Attribute(String key)) {
      Segment.KeyColumns columns = segment.columns(key);
      return columns.mayBeShort() || (columns.inTexts() && new LongTexts(segment).mayPass(test));
    }
    return true;
  }

  /**
   * The ops, spelled as in the segment, one of which every taken span has; null when the filter
   * does not say. It lets files be read where these ops stand, since they are sorted by op.
   */
  @Nullable Set<String> ops(Filter filter) {
    return switch (filter) {
      case Filter.Equal(Field.Column column, List<Value> values) when column == Field.Column.OP ->
          values.stream().allMatch(Value.Text.class::isInstance) ? ops(values) : null;
      case Filter.And(List<Filter> all) ->
          all.stream().map(this::ops).filter(ops -> ops != null).findFirst().orElse(null);
      default -> null;
    };
  }

  private Set<String> ops(List<Value> values) {
    Set<String> ops = new HashSet<>();
    for (Value value : values) {
      segment.summary().ops().stream()
          .filter(op ->
              value instanceof Value.Text(String text)
                  && AnyCase.fold(op).equals(AnyCase.fold(text)))
          .forEach(ops::add);
    }
    return ops;
  }
}
