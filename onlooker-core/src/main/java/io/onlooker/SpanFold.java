package io.onlooker;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a span's log up to a moment into a snapshot; on the dispatcher's thread. */
final class SpanFold {

  private static final Set<String> INPUTS =
      Set.of(GenAi.INPUT_MESSAGES, GenAi.SYSTEM_INSTRUCTIONS, GenAi.TOOL_CALL_ARGUMENTS);
  private static final Set<String> OUTPUTS =
      Set.of(
          GenAi.OUTPUT_MESSAGES,
          GenAi.RESPONSE_TEXT,
          GenAi.RESPONSE_TOOL_CALLS,
          GenAi.TOOL_CALL_RESULT);

  private final RecordedSpan span;
  private final Attributes.Builder attributes = Attributes.builder();
  private String name;
  private SpanStatus status = SpanStatus.UNSET;
  private @Nullable ErrorInfo error;
  private @Nullable Object input;
  private @Nullable Object output;
  private @Nullable String entityId;
  private @Nullable String entityName;
  private @Nullable Remote remote;
  private Map<String, Object> metadata = Map.of();
  private List<String> tags = List.of();

  private SpanFold(RecordedSpan span) {
    this.span = span;
    name = span.name();
  }

  /** The span with the first {@code length} entries of its log, and what other threads said. */
  static SpanSnapshot fold(RecordedSpan span, int length, long endNanos) {
    SpanFold fold = new SpanFold(span);
    SideLog side = span.side();
    fold.read(length, side == null ? List.of() : side.entries());
    fold.inherit();
    return fold.snapshot(endNanos);
  }

  private void read(int length, List<SideLog.Entry> aside) {
    Object[] pairs = span.facts();
    int next = 0;
    int numbers = 0;
    // Shorter only when another thread ended the span while its own was still talking.
    int end = Math.min(length, pairs.length);
    for (int i = 0; i < end; i += 2) {
      while (next < aside.size() && aside.get(next).after() <= i) {
        add(aside.get(next).key(), aside.get(next).value());
        next++;
      }
      Object value = pairs[i + 1];
      add(pairs[i], value instanceof Plain plain ? number(plain, numbers++) : value);
    }
    for (; next < aside.size(); next++) {
      add(aside.get(next).key(), aside.get(next).value());
    }
  }

  private @Nullable Object number(Plain plain, int index) {
    Long bits = span.number(index);
    return bits == null ? null : plain.value(bits);
  }

  /** One fact that cannot be read is not the others' fault. */
  private void add(@Nullable Object key, @Nullable Object value) {
    if (key == null || value == null) {
      return;
    }
    try {
      apply(key, value);
    } catch (RuntimeException | Error e) {
      attributes.put("onlooker.unreadable", key + ": " + e.getClass().getName());
    }
  }

  private void apply(Object key, Object value) {
    if (key instanceof Fact fact) {
      apply(fact, value);
    } else if (!hidden((String) key)) {
      attributes.put((String) key, Texts.attribute(value));
    }
  }

  @SuppressWarnings("unchecked") // each fact is put with its own type only
  private void apply(Fact fact, Object value) {
    switch (fact) {
      case NAME -> name = (String) value;
      case STATUS -> status = (SpanStatus) value;
      case EXCEPTION -> fail(Failures.info((Throwable) value));
      case ERROR -> fail((ErrorInfo) value);
      case INPUT -> input = value;
      case OUTPUT -> output = value;
      case ENTITY_ID -> entityId = (String) value;
      case ENTITY_NAME -> entityName = (String) value;
      case METADATA -> metadata = (Map<String, Object>) value;
      case TAGS -> tags = (List<String>) value;
      case REMOTE -> remote = (Remote) value;
    }
  }

  /** What the application said itself about the outcome stays as it is. */
  private void fail(ErrorInfo info) {
    error = info;
    if (status.code() == SpanStatus.Code.UNSET || status.code() == SpanStatus.Code.OK) {
      status = SpanStatus.error(info.message());
    }
  }

  private boolean hidden(String key) {
    return (span.hidesInput() && INPUTS.contains(key))
        || (span.hidesOutput() && OUTPUTS.contains(key));
  }

  private void inherit() {
    if (span.parent() == null || !Lineage.aboutModels(span.type(), span.op())) {
      return;
    }
    attributes.putIfAbsent(GenAi.CONVERSATION_ID, Lineage.inherited(span, GenAi.CONVERSATION_ID));
    RecordedSpan agent = span.type() == SpanType.GENERIC ? null : Lineage.agent(span);
    if (agent == null || span.type() == SpanType.AGENT_RUN) {
      return;
    }
    attributes.putIfAbsent(GenAi.AGENT_NAME, agent.fact(Fact.ENTITY_NAME));
    if (entityId == null && entityName == null) {
      entityId = (String) agent.fact(Fact.ENTITY_ID);
      entityName = (String) agent.fact(Fact.ENTITY_NAME);
    }
  }

  private SpanSnapshot snapshot(long endNanos) {
    RecordedSpan parent = span.parent();
    return new SpanSnapshot(
        span.traceId(),
        span.spanId(),
        parent != null ? parent.spanId() : remote == null ? null : remote.parentSpanId(),
        parent == null,
        span.event(),
        name,
        span.type(),
        span.op(),
        entityId,
        entityName,
        span.startNanos(),
        endNanos,
        status,
        error,
        attributes.build(),
        span.hidesInput() ? null : input,
        span.hidesOutput() ? null : output,
        metadata,
        tags);
  }
}
