package io.onlooker.store;

/** What a filter tests, an aggregate computes over, or a group is made by. */
public sealed interface Field {

  /** The name under which a result shows it. */
  String label();

  /** What a span carries beside its attributes. */
  enum Column implements Field {
    /** Text; no value when the sender gave none. */
    OP("span.op"),
    NAME("span.name"),
    /** {@code ok}, {@code error}, {@code cancelled} or {@code unset}. */
    STATUS("span.status"),
    /** Text; no value when the sender gave none. */
    STATUS_MESSAGE("span.status_message"),
    /** Milliseconds; no value while the span runs. */
    DURATION("span.duration"),
    /** The start, in milliseconds since 1970-01-01T00:00Z with fractions. */
    TIMESTAMP("timestamp"),
    TRACE_ID("trace"),
    SPAN_ID("id"),
    /** No value for a span without a parent. */
    PARENT_SPAN_ID("parent_span"),
    /** Boolean: whether it is the first span of its process's part of the trace. */
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
