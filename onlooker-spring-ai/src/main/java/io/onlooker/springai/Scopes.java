package io.onlooker.springai;

import io.micrometer.observation.Observation;
import io.onlooker.instrument.Presence;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The observations that the thread is in, as Micrometer tells it. */
final class Scopes {

  private static final ThreadLocal<@Nullable Deque<Open>> HERE = new ThreadLocal<>();

  private Scopes() {}

  static void open(Observation.Context context) {
    Deque<Open> scopes = HERE.get();
    if (scopes == null) {
      scopes = new ArrayDeque<>();
      HERE.set(scopes);
    }
    scopes.push(new Open(context, presence(context)));
  }

  /** An observation that is not recorded itself leaves the thread where it is, if that is near. */
  @SuppressWarnings("ReferenceEquality") // a node is one observation
  private static Presence presence(Observation.Context context) {
    Node own = Node.of(context);
    Node nearest = own == null ? Node.above(context) : own;
    boolean there = own == null && nearest == node();
    return nearest == null || there ? Presence.NONE : nearest.onlooker().enter(nearest.span());
  }

  @SuppressWarnings("ReferenceEquality") // contexts are told apart by identity
  static void close(Observation.Context context) {
    Deque<Open> scopes = HERE.get();
    if (scopes == null) {
      return;
    }
    for (Iterator<Open> each = scopes.iterator(); each.hasNext(); ) {
      Open scope = each.next();
      if (scope.context() == context) {
        each.remove();
        scope.presence().close();
        break;
      }
    }
    if (scopes.isEmpty()) {
      HERE.remove();
    }
  }

  /** The innermost of them, or null. */
  static Observation.@Nullable Context innermost() {
    Deque<Open> scopes = HERE.get();
    Open scope = scopes == null ? null : scopes.peek();
    return scope == null ? null : scope.context();
  }

  /** What of that is recorded: the innermost or the nearest above it, or null. */
  static @Nullable Node node() {
    Observation.Context context = innermost();
    if (context == null) {
      return null;
    }
    Node here = Node.of(context);
    return here == null ? Node.above(context) : here;
  }

  private record Open(Observation.Context context, Presence presence) {}
}
