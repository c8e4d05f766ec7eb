package io.onlooker.session;

import static java.util.Objects.requireNonNull;

import io.onlooker.Onlooker;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How an agent's calls are recorded (seed 004); each setting has a value that is right for most.
 *
 * <p>Where an agent is instrumented once and serves many users, {@code userId}, {@code
 * conversationId} and {@code metadata} take a supplier, which is asked at each call on the caller's
 * thread.
 */
public final class AgentOptions {

  private final Map<String, Object> metadata = new LinkedHashMap<>();
  private @Nullable Onlooker onlooker;
  private @Nullable String apiKey;
  private @Nullable String apiUrl;
  private @Nullable String agentName;
  private boolean failSilently = true;
  private boolean pii;
  private Supplier<@Nullable String> userId = () -> null;
  private Supplier<@Nullable String> conversationId = () -> null;
  private Supplier<? extends Map<String, ?>> moreMetadata = Map::of;

  AgentOptions() {}

  /** What to record with; without it and without an {@link #apiKey}, the process's current one. */
  public AgentOptions onlooker(@Nullable Onlooker recordsWith) {
    onlooker = recordsWith;
    return this;
  }

  /**
   * The key to send with. Agents with the same key, {@link #apiUrl} and {@link #pii} share one
   * connection, which is opened with the first of them and closed when the JVM ends.
   */
  public AgentOptions apiKey(@Nullable String key) {
    apiKey = key;
    return this;
  }

  /** Where to send, {@code https://api.sentrial.com} unless set; says nothing without a key. */
  public AgentOptions apiUrl(@Nullable String url) {
    apiUrl = url;
    return this;
  }

  /** What the agent is called; else what its framework calls it. */
  public AgentOptions agentName(@Nullable String name) {
    agentName = name;
    return this;
  }

  /**
   * Whether problems of Onlooker are only logged; true unless set. With false, for development, a
   * call first sends word of its session and waits for it, 5 seconds at most: when that fails, or
   * something failed since the call before, it throws an {@link OnlookerException} in place of
   * calling the agent. Once the agent was called, its result or exception is what the caller gets.
   */
  public AgentOptions failSilently(boolean silently) {
    failSilently = silently;
    return this;
  }

  /** Whether personal data is redacted by the project's rules; false unless set. */
  public AgentOptions pii(boolean redact) {
    pii = redact;
    return this;
  }

  /** For whom the agent works. */
  public AgentOptions userId(@Nullable String user) {
    return userId(() -> user);
  }

  /** For whom the agent works, asked at each call. */
  public AgentOptions userId(Supplier<@Nullable String> user) {
    userId = requireNonNull(user, "user");
    return this;
  }

  /** The dialogue that the calls are turns of. */
  public AgentOptions conversationId(@Nullable String conversation) {
    return conversationId(() -> conversation);
  }

  /** The dialogue that the call is a turn of, asked at each call. */
  public AgentOptions conversationId(Supplier<@Nullable String> conversation) {
    conversationId = requireNonNull(conversation, "conversation");
    return this;
  }

  /** Attaches a value for people to every call; null attaches nothing. */
  public AgentOptions metadata(String key, @Nullable Object value) {
    requireNonNull(key, "key");
    if (value != null) {
      metadata.put(key, value);
    }
    return this;
  }

  /** Attaches values for people, asked at each call. */
  public AgentOptions metadata(Supplier<? extends Map<String, ?>> values) {
    moreMetadata = requireNonNull(values, "values");
    return this;
  }

  @Nullable Onlooker onlooker() {
    return onlooker;
  }

  @Nullable String apiKey() {
    return apiKey;
  }

  @Nullable String apiUrl() {
    return apiUrl;
  }

  String agentNameOr(String fallback) {
    return agentName == null || agentName.isBlank() ? fallback : agentName;
  }

  boolean failSilently() {
    return failSilently;
  }

  boolean pii() {
    return pii;
  }

  /** What the options say about a call that is being made. */
  AgentCall call() {
    AgentCall call = AgentCall.NONE.userId(userId.get()).conversationId(conversationId.get());
    return call.metadata(metadata).metadata(moreMetadata.get());
  }
}
