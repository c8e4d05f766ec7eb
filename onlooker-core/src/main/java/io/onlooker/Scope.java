package io.onlooker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who and what a piece of work is about: shared by all that runs within it, whatever the thread.
 * Safe for many threads.
 */
final class Scope {

  private static final int BREADCRUMBS = 100;

  private final Deque<SpanEvent> breadcrumbs = new ArrayDeque<>();
  private volatile Attributes user = Attributes.EMPTY;
  private volatile @Nullable String conversationId;

  /** A scope that starts with what this one knows and then goes its own way. */
  Scope fork() {
    Scope fork = new Scope();
    fork.user = user;
    fork.conversationId = conversationId;
    synchronized (breadcrumbs) {
      fork.breadcrumbs.addAll(breadcrumbs);
    }
    return fork;
  }

  Attributes user() {
    return user;
  }

  void user(Attributes changed) {
    user = changed;
  }

  @Nullable String conversationId() {
    return conversationId;
  }

  void conversationId(@Nullable String changed) {
    conversationId = changed;
  }

  void breadcrumb(SpanEvent breadcrumb) {
    synchronized (breadcrumbs) {
      if (breadcrumbs.size() == BREADCRUMBS) {
        breadcrumbs.removeFirst();
      }
      breadcrumbs.addLast(breadcrumb);
    }
  }

  List<SpanEvent> breadcrumbs() {
    synchronized (breadcrumbs) {
      return List.copyOf(breadcrumbs);
    }
  }
}
