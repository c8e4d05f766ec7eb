package io.onlooker.session;

import static java.util.Objects.requireNonNull;

import io.onlooker.GenAi;
import io.onlooker.SpanOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a session is to be when it starts. Null: not known.
 *
 * <p>One object may open many sessions, from many threads, as long as nothing is changed meanwhile.
 */
public final class SessionOptions {

  private final String name;
  private final Map<String, Object> metadata = new LinkedHashMap<>();
  private @Nullable String agentName;
  private @Nullable String userId;
  private @Nullable String conversationId;
  private @Nullable Object input;
  private @Nullable Session parent;

  private SessionOptions(String name) {
    this.name = name;
  }

  /** A session, named by what is done in it: {@code customer-support}. */
  public static SessionOptions named(String name) {
    return new SessionOptions(requireNonNull(name, "name"));
  }

  /** Which agent runs, if the session is named otherwise. */
  public SessionOptions agentName(@Nullable String agent) {
    agentName = agent;
    return this;
  }

  /** For whom. */
  public SessionOptions userId(@Nullable String user) {
    userId = user;
    return this;
  }

  /** The dialogue that this session is a turn of. */
  public SessionOptions conversationId(@Nullable String conversation) {
    conversationId = conversation;
    return this;
  }

  /** What the agent was asked; any object. */
  public SessionOptions input(@Nullable Object question) {
    input = question;
    return this;
  }

  /** The session that asked for this one; without it, whatever the thread is in. */
  public SessionOptions parent(@Nullable Session above) {
    parent = above;
    return this;
  }

  /** Attaches a value for people; null attaches nothing. */
  public SessionOptions metadata(String key, @Nullable Object value) {
    requireNonNull(key, "key");
    if (value != null) {
      metadata.put(key, value);
    }
    return this;
  }

  public SessionOptions metadata(Map<String, ?> values) {
    values.forEach(this::metadata);
    return this;
  }

  @Nullable String userId() {
    return userId;
  }

  @Nullable String conversationId() {
    return conversationId;
  }

  /** The agent run that stands for the session. */
  SpanOptions span() {
    String agent = agentName == null ? name : agentName;
    SpanOptions span =
        SpanOptions.agentRun(agent)
            .input(input)
            .attribute(Session.NAME, name.equals(agent) ? null : name)
            .attribute(GenAi.USER_ID, userId)
            .attribute(GenAi.CONVERSATION_ID, conversationId);
    metadata.forEach(span::metadata);
    return parent == null ? span : span.parent(parent.span());
  }
}
