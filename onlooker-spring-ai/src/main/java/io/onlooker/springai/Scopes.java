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
    Node node = Node.of(context);
    Presence presence = node == null ? Presence.NONE : node.onlooker().enter(node.span());
    scopes.push(new Open(context, presence));
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

  /** Whether nothing that is recorded lies between the thread and the node. */
  @SuppressWarnings("ReferenceEquality") // a node is one observation
  static boolean innermostIs(Node node) {
    Observation.Context context = innermost();
    if (context == null) {
      return false;
    }
    Node here = Node.of(context);
    return (here == null ? Node.above(context) : here) == node;
  }

  private record Open(Observation.Context context, Presence presence) {}
}
