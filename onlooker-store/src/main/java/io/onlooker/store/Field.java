package io.onlooker.store;

/** What a filter tests, an aggregate computes over, or a group is made by. */
public sealed interface Field {

  /** The name under which a result shows it. */
  String label();

  /** What every span has, whatever its attributes. */
  enum Column implements Field {
    OP("span.op"),
    NAME("span.name"),
    STATUS("span.status"),
    STATUS_MESSAGE("span.status_message"),
    /** Milliseconds; a span that has not ended has none. */
    DURATION("span.duration"),
    /** When the span started, in milliseconds since 1970-01-01T00:00Z. */
    TIMESTAMP("timestamp"),
    TRACE_ID("trace"),
    SPAN_ID("id"),
    PARENT_SPAN_ID("parent_span"),
    SEGMENT("is_transaction");

    private final String label;

    Column(String label) {
      this.label = label;
    }

    @Override
    public String label() {
      return label;
    }
  }

  /** An attribute of the sender, or one that normalisation added. */
  record Attribute(String key) implements Field {
    @Override
    public String label() {
      return key;
    }
  }
}
