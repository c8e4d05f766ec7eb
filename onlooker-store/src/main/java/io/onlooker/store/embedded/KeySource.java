package io.onlooker.store.embedded;

import io.onlooker.store.Filter;
import io.onlooker.store.embedded.LongTexts.Needed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where one statement finds the values of an attribute in a segment.
 *
 * @param where those columns and texts that the statement needs
 * @param texts which of the long ones
 */
record KeySource(String key, Segment.KeyColumns where, Needed texts) {

  static KeySource of(Segment segment, String key, Filter filter, FieldSql fields) {
    Needed texts = new LongTexts(segment).of(key, filter, fields);
    Segment.KeyColumns where = segment.columns(key);
    return new KeySource(key, texts instanceof Needed.None ? where.withoutTexts() : where, texts);
  }

  boolean joinsTexts() {
    return where.inTexts();
  }

  /** Whether a span that has a long text is only taken with one of those that are joined. */
  boolean requiresText() {
    return texts instanceof Needed.Some(List<Filter.Pattern> _, boolean required) && required;
  }

  /** The same for spans with a long text, which are then all that is read, and for the others. */
  Stream<KeySource> apart() {
    KeySource ofLong = new KeySource(key, new Segment.KeyColumns(Map.of(), false, true), texts);
    return where.mayBeShort()
        ? Stream.of(ofLong, new KeySource(key, where.withoutTexts(), new Needed.None()))
        : Stream.of(ofLong);
  }

  /** One expression for each kind; as attribute of this number. */
  List<Sql> columns(int number) {
    List<Sql> columns = new ArrayList<>();
    for (AttributeKind kind : AttributeKind.values()) {
      columns.add(column(kind, number));
    }
    return columns;
  }

  private Sql column(AttributeKind kind, int number) {
    List<Sql> sources = new ArrayList<>();
    if (where.inTexts() && kind == AttributeKind.TEXT) {
      sources.add(Sql.of("t" + number + ".value"));
    }
    String column = where.columns().get(kind);
    if (column != null) {
      sources.add(Sql.of("f." + Sql.name(column)));
    }
    if (where.inRest()) {
      sources.add(RestValue.ofKind(kind, key));
    }
    return Sql.of(sources.size() > 1 ? "coalesce" : "")
        .add(FilterSql.joined(sources, ", ", "NULL::" + kind.sqlType(), source -> source))
        .add(" AS " + kind.prefix() + number);
  }

  /** What joins the long texts; empty for none. */
  Sql join(Segment segment, int number) {
    if (!where.inTexts()) {
      return new Sql();
    }
    boolean onlyThese = !where.mayBeShort() && requiresText();
    Sql sql = Sql.of(onlyThese ? " JOIN" : " LEFT JOIN");
    sql.add(" (SELECT project, trace_high, trace_low, span_id, value")
        .add(SegmentFiles.from(segment, Segment.Part.TEXTS))
        .add(" WHERE key = ")
        .bind(key);
    if (texts instanceof Needed.Some(List<Filter.Pattern> patterns, boolean _)) {
      sql.add(" AND ").add(FilterSql.mayMatch("value", patterns));
    }
    return sql.add(") t%1$d ON t%1$d.project = f.project".formatted(number))
        .add(" AND t%1$d.trace_high = f.trace_high".formatted(number))
        .add(" AND t%1$d.trace_low = f.trace_low".formatted(number))
        .add(" AND t%1$d.span_id = f.span_id".formatted(number));
  }
}
