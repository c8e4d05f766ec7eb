package io.onlooker.server.api;

import io.onlooker.server.http.HttpProblem;
import io.onlooker.server.http.Request;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The body of a query: a JSON object whose members are checked one by one. */
record QueryBody(JsonNode root) {

  static final Set<String> MEMBERS =
      new TreeSet<>(
          Set.of(
              "q",
              "aggregates",
              "by",
              "from",
              "to",
              "range",
              "step",
              "sort",
              "limit",
              "other",
              "explain",
              "compare"));

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MOST_LISTED = 50;

  static QueryBody of(Request request) {
    String encoding = request.header("content-encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new HttpProblem(
          415, "Unknown encoding", "content-encoding: " + encoding + " (expected: none)");
    }
    JsonNode root = parse(request.body());
    if (!root.isObject()) {
      throw new HttpProblem(400, "Bad body", "body: " + kind(root) + " (expected: an object)");
    }
    for (String name : root.propertyNames()) {
      if (!MEMBERS.contains(name)) {
        throw Problem.badParameter("member", name, "one of " + String.join(", ", MEMBERS));
      }
    }
    return new QueryBody(root);
  }

  /** The member, or null when it is missing or null. */
  @Nullable String text(String name) {
    JsonNode member = root.path(name);
    if (member.isMissingNode() || member.isNull()) {
      return null;
    }
    return asText(name, member);
  }

  /** The member as text, which may be a number; or null when it is missing or null. */
  @Nullable String moment(String name) {
    JsonNode member = root.path(name);
    if (!member.isNumber()) {
      return text(name);
    }
    return member.isIntegralNumber()
        ? member.asString()
        : BigDecimal.valueOf(member.doubleValue()).toPlainString();
  }

  /** The member's elements, or the one text that it is; empty when it is missing or null. */
  List<String> oneOrMore(String name) {
    JsonNode member = root.path(name);
    return member.isString() ? List.of(member.stringValue()) : texts(name);
  }

  /** The member's elements; empty when it is missing or null. */
  List<String> texts(String name) {
    JsonNode member = root.path(name);
    if (member.isMissingNode() || member.isNull()) {
      return List.of();
    }
    if (!member.isArray() || member.size() > MOST_LISTED) {
      String found = member.isArray() ? member.size() + " elements" : kind(member);
      throw Problem.badParameter(name, found, "a list of at most " + MOST_LISTED + " texts");
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode element : member) {
      texts.add(asText(name + "[" + texts.size() + "]", element));
    }
    return texts;
  }

  int limit(int usual) {
    JsonNode member = root.path("limit");
    if (member.isMissingNode() || member.isNull()) {
      return usual;
    }
    int limit = member.isInt() ? member.intValue() : 0;
    if (limit < 1 || limit > Parameters.MOST) {
      throw Problem.badParameter("limit", member.toString(), "1 to " + Parameters.MOST);
    }
    return limit;
  }

  boolean flag(String name) {
    return flag(name, false);
  }

  boolean flag(String name, boolean usual) {
    JsonNode member = root.path(name);
    if (member.isMissingNode() || member.isNull()) {
      return usual;
    }
    if (!member.isBoolean()) {
      throw Problem.badParameter(name, kind(member), "true or false");
    }
    return member.booleanValue();
  }

  private static JsonNode parse(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (JacksonException e) {
      long at = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
      String place = at < 0 ? "" : " at byte " + at;
      throw new HttpProblem(400, "Bad body", "body: not JSON" + place + " (expected: an object)");
    }
  }

  private static String asText(String name, JsonNode node) {
    if (!node.isString()) {
      throw Problem.badParameter(name, kind(node), "text");
    }
    return node.stringValue();
  }

  private static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT -> "an object";
      case MISSING -> "nothing";
      default -> node.toString();
    };
  }
}
