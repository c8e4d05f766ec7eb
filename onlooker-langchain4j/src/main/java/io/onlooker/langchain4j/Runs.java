package io.onlooker.langchain4j;

import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.lang.ref.Cleaner;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The calls of AI services that go on, by LangChain4j's invocation ids. */
final class Runs {

  private static final Cleaner CLEANER = Cleaner.create();
  private static final Map<UUID, Run> OPEN = new ConcurrentHashMap<>();
  private static final ThreadLocal<@Nullable Issued> ISSUED = new ThreadLocal<>();

  private Runs() {}

  /**
   * Remembers a run until it ends, or until nobody has its invocation any more: a stream that was
   * never started, or that its server forgot.
   */
  static void open(InvocationContext invocation, Run run) {
    UUID id = invocation.invocationId();
    UUID key = key(invocation);
    OPEN.put(key, run);
    CLEANER.register(id, () -> abandon(key));
  }

  /** A copy: the framework's own id lives as long as somebody may still go on with the call. */
  static UUID key(InvocationContext invocation) {
    UUID id = invocation.invocationId();
    return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits());
  }

  /** Forgets a run that Onlooker is about to end; holds nothing of the framework's. */
  static Runnable forgetting(InvocationContext invocation) {
    UUID key = key(invocation);
    return () -> OPEN.remove(key);
  }

  /** Has the end of a run that goes on told to another ending too; false when it is over. */
  static boolean follow(UUID key, Ending ending) {
    return OPEN.computeIfPresent(key, (same, run) -> run.and(ending)) != null;
  }

  static @Nullable Run of(@Nullable InvocationContext invocation) {
    UUID id = invocation == null ? null : invocation.invocationId();
    return id == null ? null : OPEN.get(id);
  }

  /** Ends the invocation's run, if it still goes on. */
  static void end(InvocationContext invocation, Consumer<Ending> how) {
    UUID id = invocation.invocationId();
    Run run = id == null ? null : OPEN.remove(id);
    if (run != null) {
      how.accept(run.ending());
    }
  }

  private static void abandon(UUID id) {
    Run run = OPEN.remove(id);
    if (run != null) {
      run.ending().cancelled("abandoned");
    }
  }

  /** Announces the request that the thread is about to make. */
  static void issued(InvocationContext invocation, ChatRequest request) {
    ISSUED.set(new Issued(request, invocation, of(invocation)));
  }

  /** What was announced for this very request, once. */
  @SuppressWarnings("ReferenceEquality") // two calls may ask the same
  static @Nullable Issued take(ChatRequest request) {
    Issued issued = ISSUED.get();
    ISSUED.remove();
    return issued != null && issued.request() == request ? issued : null;
  }

  /**
   * A request of an AI service.
   *
   * @param invocation held as long as its answer is on its way
   * @param run null when the service is not recorded, and so its request is not
   */
  record Issued(ChatRequest request, InvocationContext invocation, @Nullable Run run) {}
}
