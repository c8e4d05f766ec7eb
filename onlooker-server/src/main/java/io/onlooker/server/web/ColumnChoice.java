package io.onlooker.server.web;

import io.onlooker.server.http.Request;
import io.onlooker.server.http.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the columns of an address those that this person always sees in the list. */
final class ColumnChoice {

  private ColumnChoice() {}

  /** Remembers them, and goes on to the list without naming them. */
  static Response keep(Request request, Frame frame) {
    String list = request.path().substring(request.path().lastIndexOf('/') + 1);
    Map<String, List<String>> others = new LinkedHashMap<>(request.query());
    others.keySet().removeAll(List.of("cols", "always"));
    String value = frame.visitor().withColumns(list, request.parameters("cols"));
    return Response.seeOther(Links.withAll(Links.path(request.path()), others))
        .with("set-cookie", YouSection.cookie(Visitor.COLUMNS, value));
  }
}
