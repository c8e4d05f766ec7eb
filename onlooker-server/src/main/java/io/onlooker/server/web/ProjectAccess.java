package io.onlooker.server.web;

import io.onlooker.server.access.Setting;
import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.http.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the pages ask about the person at the browser. Safe for many threads. */
public interface ProjectAccess {

  /**
   * The names of the projects this person may look at, the one to begin with first.
   *
   * @throws HttpProblem 401 when nobody is signed in; the pages then show the sign-in page
   */
  List<String> projects(Request request);

  /**
   * The id of a project.
   *
   * @throws HttpProblem 401 when nobody is signed in, 403 when this person may not look at it, 404
   *     when there is none of this name
   */
  int project(Request request, String name);

  /** The address with which an application sends to the project, or null if it must stay hidden. */
  @Nullable String dsn(Request request, String name);

  /**
   * What a form of this browser carries, so that no other site can send it; empty when this person
   * may change nothing.
   */
  default String formToken(Request request) {
    return "";
  }

  /**
   * Lets a form pass that came from one of our pages, from a person who may change the project.
   *
   * @throws HttpProblem 401 or 403 for others
   */
  default void requireForm(Request request, int project, String token) {
    throw new HttpProblem(403, "Not allowed", "project: " + project + " (expected: one to change)");
  }

  /** What the project has set under this name, or null. */
  default @Nullable Setting setting(int project, String name) {
    return null;
  }

  /**
   * Sets the value, unless somebody else has changed it.
   *
   * @param expected the version that is to be replaced, 0 for none
   * @return false when there is another version
   */
  default boolean putSetting(int project, String name, String value, long expected) {
    return false;
  }
}
