package io.onlooker.server.web;

import java.util.List;

/**
 * The saved views of a project, as its lists offer them.
 *
 * @param token what each form carries; empty when this person may change nothing
 */
record ViewMenu(String token, List<SavedView> all) {

  static final ViewMenu NONE = new ViewMenu("", List.of());

  /** Those of one list. */
  List<SavedView> of(String path) {
    String list = path.substring(path.lastIndexOf('/') + 1);
    return all.stream().filter(view -> view.list().equals(list)).toList();
  }

  boolean changes() {
    return !token.isEmpty();
  }
}
