package io.onlooker.store.embedded;

/** A trace of a project; its id as two numbers, as files hold it. */
record TraceKey(int project, long high, long low) {

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
