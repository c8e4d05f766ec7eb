package io.onlooker.session;

import static java.util.Objects.requireNonNull;

import io.onlooker.GenAi;
import io.onlooker.Onlooker;
import io.onlooker.Span;
import io.onlooker.SpanStatus;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One run of an agent while it goes on: for whom, what was asked, what came of it.
 *
 * <p>Safe for many threads. No method throws or blocks; null values are ignored. What is recorded
 * within {@link #run} belongs to the session. It ends at {@link #close}, completed unless something
 * else was said; later calls do nothing.
 *
 * <pre>{@code
 * try (Session session = onlooker.session(SessionOptions.named("customer-support").userId(user))) {
 *   String answer = session.run(() -> agent.ask(question));
 *   session.input(question).output(answer).metric("satisfaction", 5);
 * }
 * }</pre>
 */
public final class Session implements AutoCloseable {

  /** The attribute with the session's name, where it is not the agent's. */
  public static final String NAME = "onlooker.session.name";

  /** The attribute that says whether the session did what it was for. */
  public static final String SUCCESS = "onlooker.session.success";

  /** What the attributes of custom metrics begin with. */
  public static final String METRIC = "custom_metrics.";

  private final Onlooker onlooker;
  private final Span span;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile @Nullable String userId;
  private volatile @Nullable String conversationId;
  private volatile boolean answered;

  private Session(Onlooker onlooker, SessionOptions options) {
    this.onlooker = onlooker;
    this.span = onlooker.startInactiveSpan(options.span());
    this.userId = options.userId();
    this.conversationId = options.conversationId();
  }

  /** Opens a session; whoever opens it must close it. As {@link Onlooker#session}. */
  public static Session open(Onlooker onlooker, SessionOptions options) {
    return new Session(onlooker, options);
  }

  /** 16 lowercase hex digits, by which a server knows the session. */
  public String id() {
    return span.spanId();
  }

  /** The agent run that stands for the session. */
  public Span span() {
    return span;
  }

  /** For whom; what is recorded later in the session is for the same user. */
  public Session userId(@Nullable String user) {
    userId = user == null ? userId : user;
    span.setAttribute(GenAi.USER_ID, user);
    return this;
  }

  /** The dialogue that this session is a turn of. */
  public Session conversationId(@Nullable String conversation) {
    conversationId = conversation == null ? conversationId : conversation;
    span.setAttribute(GenAi.CONVERSATION_ID, conversation);
    return this;
  }

  /** The dialogue that this session is a turn of; null for none. */
  public @Nullable String conversationId() {
    return conversationId;
  }

  /** What the agent was asked; any object. */
  public Session input(@Nullable Object question) {
    span.input(question);
    return this;
  }

  /** What it answered; any object. */
  public Session output(@Nullable Object answer) {
    answered |= answer != null;
    span.output(answer);
    return this;
  }

  /** A number of the application's own: {@code metric("satisfaction", 5)}. */
  public Session metric(String name, double value) {
    span.setAttribute(METRIC + requireNonNull(name, "name"), value);
    return this;
  }

  /** Attaches a value for people; what is recorded later in the session has it too. */
  public Session metadata(String key, @Nullable Object value) {
    span.metadata(key, value);
    return this;
  }

  /** Whether the session did what it was for; an agent may end without error and still have not. */
  public Session success(boolean reached) {
    span.setAttribute(SUCCESS, reached);
    return this;
  }

  /** Says that the session failed, and why. */
  public Session failed(String reason) {
    span.setStatus(SpanStatus.error(requireNonNull(reason, "reason")));
    return this;
  }

  /** Says that the session failed by this; being cancelled or interrupted is no failure. */
  public Session failed(Throwable cause) {
    if (cause instanceof CancellationException || cause instanceof InterruptedException) {
      span.setStatus(SpanStatus.CANCELLED);
    } else {
      span.recordException(cause);
    }
    return this;
  }

  /** Says that nobody waited for the end. */
  public Session cancelled(@Nullable String reason) {
    span.setStatus(new SpanStatus(SpanStatus.Code.CANCELLED, reason));
    return this;
  }

  /**
   * Runs the body in the session: spans started within are below it, for the same user and
   * conversation. Exceptions pass through unchanged and unrecorded.
   */
  public <T extends @Nullable Object, X extends Throwable> T run(Onlooker.Body<T, X> body)
      throws X {
    requireNonNull(body, "body");
    return onlooker.withSpan(
        span,
        any ->
            onlooker.<T, X>isolate(() -> {
              if (userId != null) {
                onlooker.setUser(userId);
              }
              if (conversationId != null) {
                onlooker.setConversationId(conversationId);
              }
              return body.run();
            }));
  }

  /** Whether the session is over. */
  public boolean closed() {
    return closed.get();
  }

  /** Ends the session now. Closing twice is harmless. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      span.end();
    }
  }

  /** Whether an output was set. */
  boolean answered() {
    return answered;
  }

  /** What runs in a session. */
  @FunctionalInterface
  public interface SessionBody<T extends @Nullable Object, X extends Throwable> {
    T run(Session session) throws X;
  }

  /**
   * Opens a session, runs the body in it and closes it; an exception marks it failed and is
   * rethrown unchanged. As {@link Onlooker#session(SessionOptions, SessionBody)}.
   */
  public static <T extends @Nullable Object, X extends Throwable> T open(
      Onlooker onlooker, SessionOptions options, SessionBody<T, X> body) throws X {
    requireNonNull(body, "body");
    Session session = open(onlooker, options);
    try {
      return session.run(() -> body.run(session));
    } catch (Throwable e) {
      session.failed(e);
      throw e;
    } finally {
      session.close();
    }
  }
}
