package io.onlooker.server.access;

import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param name the key's label, or what the browser's session stands for
 * @param project the one project it may touch, or null for all
 * @param browser whether it came with the cookie of a signed-in browser
 */
public record Principal(String name, Scope scope, @Nullable Integer project, boolean browser) {

  public boolean may(Scope needed, int project) {
    return scope.covers(needed) && (this.project == null || this.project == project);
  }
}
