package io.onlooker.langchain4j;

import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.TokenStream;
import java.lang.ref.Cleaner;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.Deque;
import java.util.Map;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * The agents of workflows that run, by the scope that their workflow shares. An agent may run
 * several times at once, so of several with one id the one of the asking thread is meant, for
 * LangChain4j begins and ends an agent on one thread; its parent's may be another.
 */
final class OpenAgents {

  private static final Cleaner CLEANER = Cleaner.create();
  private static final Map<Object, Deque<Entry>> BY_SCOPE =
      Collections.synchronizedMap(new WeakHashMap<>());

  private OpenAgents() {}

  static Entry open(Object scope, String agentId, String interfaceName, Run run) {
    Entry entry = new Entry(agentId, interfaceName, run, Thread.currentThread().getId());
    BY_SCOPE.computeIfAbsent(scope, none -> new ConcurrentLinkedDeque<>()).addFirst(entry);
    return entry;
  }

  /** The innermost agent that the thread is in, or null. */
  static @Nullable Entry here(@Nullable Object scope) {
    long thread = Thread.currentThread().getId();
    for (Entry entry : all(scope)) {
      if (entry.thread == thread) {
        return entry;
      }
    }
    return null;
  }

  /** The running agent of this id, if there is one: the thread's own before another's. */
  static @Nullable Entry find(Object scope, String agentId) {
    long thread = Thread.currentThread().getId();
    Entry other = null;
    for (Entry entry : all(scope)) {
      if (entry.agentId.equals(agentId)) {
        if (entry.thread == thread) {
          return entry;
        }
        other = other == null ? entry : other;
      }
    }
    return other;
  }

  /** Ends the agent when nobody has its scope any more, if it has not ended before. */
  static void endWhenUnreachable(Object scope, Entry entry) {
    CLEANER.register(scope, entry::abandon);
  }

  /** Whether the agent was running until now. */
  static boolean close(Object scope, Entry entry) {
    Deque<Entry> entries = BY_SCOPE.get(scope);
    return entries != null && entries.remove(entry);
  }

  private static Iterable<Entry> all(@Nullable Object scope) {
    Deque<Entry> entries = scope == null ? null : BY_SCOPE.get(scope);
    return entries == null ? Collections::<Entry>emptyIterator : entries;
  }

  /** What is done before Onlooker ends an agent that LangChain4j does not end. */
  static final class LastWords implements Runnable {

    private final WeakReference<Object> scope;
    private volatile @Nullable Entry entry;

    LastWords(Object scope) {
      this.scope = new WeakReference<>(scope);
    }

    void of(Entry agent) {
      entry = agent;
    }

    @Override
    public void run() {
      Object there = scope.get();
      Entry agent = entry;
      if (there != null && agent != null) {
        close(there, agent);
        agent.explain();
      }
    }
  }

  /** An agent that runs. */
  static final class Entry {

    private final String agentId;
    private final String interfaceName;
    private final Run run;
    private final long thread;
    private @Nullable UUID adopted;
    private @Nullable Throwable failure;

    private Entry(String agentId, String interfaceName, Run run, long thread) {
      this.agentId = agentId;
      this.interfaceName = interfaceName;
      this.run = run;
      this.thread = thread;
    }

    Run run() {
      return run;
    }

    /** Ends what the framework never will, for the part that failed if there was one. */
    synchronized void abandon() {
      if (failure == null) {
        run.ending().cancelled("abandoned");
      } else {
        run.ending().failed(failure);
      }
    }

    /** Says why it came to no end, if a part is known to have failed. */
    private synchronized void explain() {
      if (failure != null) {
        run.span().recordException(failure);
      }
    }

    /** Notes why a part failed; the whole may recover from it. */
    synchronized void failedBelow(Throwable cause) {
      failure = cause;
    }

    /** The run for the AI service that does the agent's work: the first of its interface. */
    synchronized @Nullable Run adopt(InvocationContext service) {
      if (adopted != null || !interfaceName.equals(service.interfaceName())) {
        return null;
      }
      adopted = Runs.key(service);
      return run.shared();
    }

    /** Ends with the stream that the agent returned, if that is a recorded one. */
    synchronized boolean endsWith(TokenStream stream) {
      if (adopted != null) {
        Streams.begun(stream, adopted);
      }
      return Streams.follow(stream, run.ending());
    }
  }
}
