package io.onlooker;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who and what a piece of work is about: shared by all that runs within it, whatever the thread.
 * Safe for many threads.
 */
final class Scope {

  private static final int BREADCRUMBS = 100;

  private volatile List<SpanEvent> breadcrumbs = List.of();
  private volatile Attributes user = Attributes.EMPTY;
  private volatile @Nullable String conversationId;

  /** A scope that starts with what this one knows and then goes its own way. */
  Scope fork() {
    Scope fork = new Scope();
    fork.user = user;
    fork.conversationId = conversationId;
    fork.breadcrumbs = breadcrumbs;
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

  /** Copies: work forks often and has few breadcrumbs. */
  synchronized void breadcrumb(SpanEvent breadcrumb) {
    List<SpanEvent> before = breadcrumbs;
    int oldest = Math.max(0, before.size() - BREADCRUMBS + 1);
    List<SpanEvent> all = new ArrayList<>(before.subList(oldest, before.size()));
    all.add(breadcrumb);
    breadcrumbs = List.copyOf(all);
  }

  List<SpanEvent> breadcrumbs() {
    return breadcrumbs;
  }
}
