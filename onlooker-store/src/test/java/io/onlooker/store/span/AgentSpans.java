package io.onlooker.store.span;

import io.onlooker.Attributes;
import io.onlooker.GenAi;
import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds spans of one trace for tests; a span is called by a word, its id is made from it. */
public final class AgentSpans {

  public static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  private final String id;
  private final @Nullable String parent;
  private final Attributes.Builder attributes = Attributes.builder();
  private String name;
  private @Nullable String op;
  private long startMillis;
  private long endMillis = 1;
  private boolean open;
  private SpanStatus status = SpanStatus.OK;

  private AgentSpans(String id, @Nullable String parent, String name) {
    this.id = id;
    this.parent = parent;
    this.name = name;
  }

  public static AgentSpans agent(String id, @Nullable String parent) {
    return new AgentSpans(id, parent, "invoke_agent " + id)
        .op("gen_ai.invoke_agent")
        .with(GenAi.OPERATION_NAME, "invoke_agent")
        .with(GenAi.OPERATION_TYPE, "agent");
  }

  public static AgentSpans chat(String id, @Nullable String parent) {
    return client(id, parent, "chat").op("gen_ai.chat");
  }

  /** A span of a GenAI library that the server marks as a client's. */
  public static AgentSpans client(String id, @Nullable String parent, String operation) {
    return new AgentSpans(id, parent, operation + " " + id)
        .with(GenAi.OPERATION_NAME, operation)
        .with(GenAi.OPERATION_TYPE, "ai_client");
  }

  public static AgentSpans tool(String id, @Nullable String parent) {
    return new AgentSpans(id, parent, "execute_tool " + id)
        .op("gen_ai.execute_tool")
        .with(GenAi.OPERATION_NAME, "execute_tool")
        .with(GenAi.OPERATION_TYPE, "tool")
        .with(GenAi.TOOL_NAME, id);
  }

  public static AgentSpans other(String id, @Nullable String parent, String op) {
    return new AgentSpans(id, parent, op).op(op);
  }

  /** Sixteen hex digits that stand for the word. */
  public static String id(String word) {
    return String.format("%08x%08x", word.hashCode(), word.length());
  }

  public AgentSpans op(String given) {
    op = given;
    return this;
  }

  public AgentSpans named(String given) {
    name = given;
    return this;
  }

  public AgentSpans with(String key, Object value) {
    attributes.put(key, value);
    return this;
  }

  public AgentSpans tokens(long input, long output) {
    return with(GenAi.USAGE_INPUT_TOKENS, input).with(GenAi.USAGE_OUTPUT_TOKENS, output);
  }

  public AgentSpans at(long fromMillis, long toMillis) {
    startMillis = fromMillis;
    endMillis = toMillis;
    return this;
  }

  public AgentSpans open() {
    open = true;
    return this;
  }

  public AgentSpans failed(String type, String message) {
    status = SpanStatus.error("internal_error");
    return with(GenAi.ERROR_TYPE, type).with(GenAi.ERROR_MESSAGE, message);
  }

  public AgentSpans status(SpanStatus given) {
    status = given;
    return this;
  }

  public SpanData build() {
    return new SpanData(
        TRACE,
        id(id),
        parent == null ? null : id(parent),
        name,
        op,
        startMillis * 1_000_000,
        open ? SpanData.OPEN : endMillis * 1_000_000,
        status,
        parent == null,
        attributes.build(),
        List.of());
  }
}
