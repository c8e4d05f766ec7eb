package io.onlooker.server.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A question to a list that somebody gave a name; everybody who sees the project sees it.
 *
 * @param list the last part of the list's path: {@code spans}, {@code sessions} …
 * @param query what stands behind the question mark of its address, the cursor left out
 */
record SavedView(long id, String name, String list, String query) {

  static final int LONGEST_NAME = 80;

  private static final int LONGEST_QUERY = 4000;

  /** The lists that take a query, and what they are called. */
  private static final Map<String, String> LISTS =
      Map.of(
          "spans", "Spans",
          "traces", "Traces",
          "sessions", "Sessions",
          "conversations", "Conversations",
          "users", "Users",
          "agents", "Agents",
          "issues", "Issues",
          "logs", "Logs");

  private static final List<String> TIMES = List.of("range", "from", "to");

  /**
   * What an address of this project asks, under a name; null when it is none of a list that takes a
   * query. Parameters that no list knows are left out: the address came with a form.
   */
  static @Nullable SavedView of(Links links, String name, String address) {
    int mark = address.indexOf('?');
    String path = mark < 0 ? address : address.substring(0, mark);
    String list = path.substring(path.lastIndexOf('/') + 1);
    if (!LISTS.containsKey(list) || !path.equals(links.place(list))) {
      return null;
    }
    String query = Links.withAll("", parameters(mark < 0 ? "" : address.substring(mark + 1)));
    return query.length() > LONGEST_QUERY
        ? null
        : new SavedView(0, name, list, query.isEmpty() ? "" : query.substring(1));
  }

  private static Map<String, List<String>> parameters(String query) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? "" : pair.substring(0, equals);
      if (Ask.KNOWN.contains(name) || TIMES.contains(name)) {
        parameters.computeIfAbsent(name, _ -> new ArrayList<>()).add(decoded(pair, equals + 1));
      }
    }
    return parameters;
  }

  private static String decoded(String pair, int from) {
    try {
      return URLDecoder.decode(pair.substring(from), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // A percent sign that begins nothing: no page of ours writes it.
      return pair.substring(from);
    }
  }

  /** What the list is called. */
  String place() {
    return LISTS.getOrDefault(list, list);
  }

  String link(Links links) {
    return links.place(list) + (query.isEmpty() ? "" : "?" + query);
  }

  SavedView withId(long newId) {
    return new SavedView(newId, name, list, query);
  }

  SavedView named(String newName) {
    return new SavedView(id, newName, list, query);
  }
}
