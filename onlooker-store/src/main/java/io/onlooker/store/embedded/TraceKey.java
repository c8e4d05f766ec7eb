package io.onlooker.store.embedded;

import io.onlooker.store.embedded.TableStream.Column;
import java.util.List;

/** A trace of a project; its id as two numbers, as files hold it. */
record TraceKey(int project, long high, long low) {

  static final List<Column<TraceKey>> COLUMNS =
      List.of(
          new Column<>("project", AttributeKind.WHOLE, key -> (long) key.project()),
          new Column<>("trace_high", AttributeKind.WHOLE, TraceKey::high),
          new Column<>("trace_low", AttributeKind.WHOLE, TraceKey::low));

  String id() {
    return Ids.text(high, low);
  }

  /** What catalogs of traces hold: traces with equal hashes are told apart when rows are read. */
  long hash() {
    return (high ^ (low * 0x9E3779B97F4A7C15L)) * 31 + project;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(hash());
  }
}
