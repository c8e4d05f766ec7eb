package io.onlooker.server.read;

import io.onlooker.GenAi;
import io.onlooker.SpanData;
import io.onlooker.SpanStatus;
import io.onlooker.store.span.Fault;
import io.onlooker.store.span.Message;
import io.onlooker.store.span.Messages;
import io.onlooker.store.span.SpanCost;
import io.onlooker.store.span.SpanKind;
import io.onlooker.store.span.SpanTokens;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One span as a step that a person reads.
 *
 * @param kind never {@link SpanKind#WRAPPER}: such spans are folded into the step above them
 * @param parentSpanId the step above this one, or null for the first level
 * @param depth 0 for the first level
 * @param offsetNanos from the start of the first step; negative if the sender's clock ran back
 * @param folded the spans folded into this one, in order of start
 */
public record Step(
    SpanData span,
    SpanKind kind,
    @Nullable String parentSpanId,
    int depth,
    long offsetNanos,
    List<SpanData> folded) {

  /** What Mastra and the Vercel AI SDK append to the provider's name. */
  private static final Set<String> APIS = Set.of("chat", "responses", "messages", "completion");

  public Step {
    folded = List.copyOf(folded);
  }

  /** The agent's, model's or tool's name where it is known, else the span's. */
  public String title() {
    String name =
        switch (kind) {
          case AGENT -> attribute(GenAi.AGENT_NAME);
          case MODEL -> model();
          case TOOL -> attribute(GenAi.TOOL_NAME);
          default -> null;
        };
    return name == null || name.isBlank() ? span.name() : name;
  }

  /** The model that answered, else the one asked; null when neither is known. */
  public @Nullable String model() {
    String response = attribute(GenAi.RESPONSE_MODEL);
    return response == null ? attribute(GenAi.REQUEST_MODEL) : response;
  }

  /** {@code openai}, {@code anthropic} …, or null. */
  public @Nullable String provider() {
    String provider = attribute(GenAi.PROVIDER_NAME);
    int dot = provider == null ? -1 : provider.lastIndexOf('.');
    return provider != null && dot > 0 && APIS.contains(provider.substring(dot + 1))
        ? provider.substring(0, dot)
        : provider;
  }

  /** Null unless this is a model call that said so; agents and tools only repeat their children. */
  public @Nullable Long inputTokens() {
    return tokens().input();
  }

  /** As {@link #inputTokens()}. */
  public @Nullable Long outputTokens() {
    return tokens().output();
  }

  /** As {@link #inputTokens()}; the sum of both where the client gave no total. */
  public @Nullable Long totalTokens() {
    return tokens().total();
  }

  /** Of a model call; nothing for other steps. */
  public SpanCost cost() {
    return kind == SpanKind.MODEL ? SpanCost.of(span) : new SpanCost(null, null);
  }

  /** Why it failed, or null when it did not. */
  public @Nullable Fault fault() {
    return span.status().code() == SpanStatus.Code.CANCELLED ? null : Fault.of(span);
  }

  /** Null while it runs. */
  public @Nullable Double durationMillis() {
    return span.open() ? null : span.durationNanos() / 1e6;
  }

  /** What went in, oldest first; empty for a tool: see {@link #input()}. */
  public List<Message> inputMessages() {
    return kind == SpanKind.TOOL ? List.of() : Messages.input(span);
  }

  /** What came out; empty for a tool: see {@link #output()}. */
  public List<Message> outputMessages() {
    return kind == SpanKind.TOOL ? List.of() : Messages.output(span);
  }

  /** The question to an agent or a model, the arguments of a tool; null when not known. */
  public @Nullable String input() {
    return kind == SpanKind.TOOL
        ? Messages.toolInput(span)
        : Messages.question(Messages.input(span));
  }

  /** The answer of an agent or a model, the result of a tool; null when not known. */
  public @Nullable String output() {
    return kind == SpanKind.TOOL
        ? Messages.toolOutput(span)
        : Messages.answer(Messages.output(span));
  }

  private SpanTokens tokens() {
    return kind == SpanKind.MODEL ? SpanTokens.of(span) : SpanTokens.UNKNOWN;
  }

  private @Nullable String attribute(String key) {
    return span.attributes().string(key);
  }
}
