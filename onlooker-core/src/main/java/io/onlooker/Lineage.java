package io.onlooker;

import org.jspecify.annotations.Nullable;

/** What a span has from the agent above it: the agent's name and the conversation. */
final class Lineage {

  /** Deeper trees exist; beyond this the agent above is not looked for. */
  private static final int REACH = 64;

  private Lineage() {}

  /** Whether a span of this kind belongs to a conversation with a model. */
  static boolean aboutModels(SpanType type, @Nullable String op) {
    return type != SpanType.GENERIC || (op != null && op.startsWith("gen_ai."));
  }

  /** The value that the nearest span above has under the key, or null. */
  static @Nullable Object inherited(RecordedSpan span, Object key) {
    RecordedSpan above = span.parent();
    for (int i = 0; above != null && i < REACH; i++) {
      Object value = above.fact(key);
      if (value != null) {
        return value;
      }
      above = above.parent();
    }
    return null;
  }

  /** The nearest agent run above the span, or null. */
  static @Nullable RecordedSpan agent(RecordedSpan span) {
    RecordedSpan above = span.parent();
    for (int i = 0; above != null && i < REACH; i++) {
      if (above.type() == SpanType.AGENT_RUN) {
        return above;
      }
      above = above.parent();
    }
    return null;
  }
}
