package io.onlooker.store;

import static java.util.Objects.requireNonNull;

import io.onlooker.SpanData;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of an agent, from its input to its answer: a fold of everything known about it.
 *
 * @param id the root span's id, or the id the sessions API gave
 * @param traceId 32 lowercase hex digits
 * @param parentSessionId the run that started this one as its sub-agent, or null
 * @param startNanos nanoseconds since 1970-01-01T00:00Z
 * @param endNanos the same, or {@link SpanData#OPEN}
 * @param skewNanos by how much the clocks of its senders contradict each other: how long before the
 *     session itself something inside it began, or how long before its start it ended; 0 below a
 *     second, which clocks of well-kept machines differ by
 */
public record Session(
    int project,
    String id,
    String traceId,
    String rootSpanId,
    @Nullable String parentSessionId,
    String name,
    @Nullable String agentName,
    @Nullable String userId,
    @Nullable String conversationId,
    Status status,
    long startNanos,
    long endNanos,
    Texts texts,
    Steps steps,
    Usage usage,
    Cost cost,
    List<String> models,
    @Nullable String environment,
    @Nullable String release,
    long skewNanos) {

  public Session {
    requireNonNull(id, "id");
    requireNonNull(traceId, "traceId");
    requireNonNull(rootSpanId, "rootSpanId");
    requireNonNull(status, "status");
    models = List.copyOf(models);
  }

  public enum Status {
    RUNNING,
    COMPLETED,
    /** Completed, although a step inside failed. */
    RECOVERED,
    FAILED,
    CANCELLED,
    /** No end, and no news for ten minutes. */
    LOST
  }

  /**
   * Previews for a list, at most 200 characters each; the whole texts stand on the spans.
   *
   * @param failureReason why it failed, or for a recovered session what failed inside
   */
  public record Texts(
      @Nullable String input, @Nullable String output, @Nullable String failureReason) {}

  /** How many model and tool steps it took, and how many of them failed. */
  public record Steps(int total, int failed) {}

  /**
   * Tokens over model spans only; null when no span said.
   *
   * @param firstTokenMillis from the session's start to the first token of its last answer, or null
   */
  public record Usage(
      @Nullable Long inputTokens,
      @Nullable Long outputTokens,
      @Nullable Long totalTokens,
      @Nullable Double firstTokenMillis) {}

  /**
   * What its model calls cost.
   *
   * @param usd US dollars over the calls whose cost is known, or null when none is
   * @param unpriced how many calls have no known cost; above 0, {@code usd} is a lower bound
   */
  public record Cost(@Nullable BigDecimal usd, int unpriced) {

    public static final Cost NONE = new Cost(null, 0);

    /** Whether the session cost more than {@code usd} by an amount that nobody knows. */
    public boolean lowerBound() {
      return unpriced > 0;
    }

    public Cost plus(Cost other) {
      BigDecimal sum = usd == null ? other.usd : other.usd == null ? usd : usd.add(other.usd);
      return new Cost(sum, unpriced + other.unpriced);
    }
  }

  public double durationMillis() {
    return endNanos == SpanData.OPEN ? 0 : (endNanos - startNanos) / 1e6;
  }
}
