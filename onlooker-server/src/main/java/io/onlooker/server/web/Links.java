package io.onlooker.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.onlooker.SpanData;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses within one project. Every state of a page is one. */
record Links(String project) {

  /**
   * A path of visible ASCII; a second slash or a backslash at its start would name another host.
   */
  private static final Pattern LOCAL = Pattern.compile("/(?![/\\\\])[\\x21-\\x5B\\x5D-\\x7E]*");

  private static final String OTHER_LETTERS = "~";

  private static final Pattern ODD = Pattern.compile("[\\p{Cntrl}\\\\;]|\\.\\.|^~|^\\.?$");

  /** The page of one thing, whose id may itself hold slashes once it is decoded. */
  private static final Pattern ONE =
      Pattern.compile("/p/([^/]+)/(agents|models|tools|users|sessions|conversations|issues)/(.+)");

  /** What needs no quotes in a query, and is no number, boolean or time. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_./@-]*+");

  String home() {
    return "/p/" + encode(project);
  }

  /** A place of the bar: {@code overview}, {@code spans} … */
  String place(String name) {
    return home() + "/" + name;
  }

  String sessions() {
    return place("sessions");
  }

  /** One agent, model, tool, issue or person: {@code kind} is the place that lists them. */
  String one(String kind, String id) {
    return place(kind) + "/" + segment(id);
  }

  /** The explorer over these spans. */
  String spans(Map<String, String> parameters) {
    return with(place("spans"), parameters);
  }

  /** The sessions that a query finds in the time and the environment of a list. */
  String sessions(String query, Ask ask) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("q", query);
    parameters.putAll(ask.kept());
    return sessions(parameters);
  }

  String sessions(Map<String, String> parameters) {
    return with(sessions(), parameters);
  }

  /** The sessions that a term of the query language finds, over the last 30 days. */
  String sessionsWith(String field, String value) {
    return sessions(Map.of("q", field + ":" + quoted(value), "range", "30d"));
  }

  String session(String id) {
    return sessions() + "/" + segment(id);
  }

  String trace(String traceId) {
    return home() + "/traces/" + encode(traceId);
  }

  /** Below it, each step of a trace is a page. */
  String steps(String traceId) {
    return trace(traceId) + "/steps";
  }

  /** A trace's spans, log lines and errors, as a file. */
  String raw(String traceId) {
    return trace(traceId) + "/raw";
  }

  /** The exact text of one attribute, as a file. */
  String text(String traceId, String spanId, String attribute) {
    return with(steps(traceId) + "/" + encode(spanId) + "/text", Map.of("attribute", attribute));
  }

  /** A text of a step. */
  TextSource texts(SpanData span, String part) {
    return new TextSource(steps(span.traceId()) + "/" + encode(span.spanId()), part);
  }

  String conversation(String id) {
    return home() + "/conversations/" + segment(id);
  }

  String jump() {
    return home() + "/go";
  }

  /** Leads to the page on which a span is shown. */
  String jump(String id) {
    return with(jump(), Map.of("q", id));
  }

  /** A term of the query language: an attribute has this value. */
  static String term(String field, Object value) {
    boolean text = value instanceof String;
    return field + ":" + (text ? quoted((String) value) : value.toString());
  }

  /** The path with these parameters, each as often as it has values; empty values are left out. */
  static String withAll(String path, Map<String, List<String>> parameters) {
    StringBuilder url = new StringBuilder(path);
    char separator = '?';
    for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
      for (String value : parameter.getValue()) {
        if (!value.isEmpty()) {
          url.append(separator).append(encode(parameter.getKey()));
          url.append('=').append(encode(value));
          separator = '&';
        }
      }
    }
    return url.toString();
  }

  /** The path with these parameters; empty values are left out. */
  static String with(String path, Map<String, String> parameters) {
    Map<String, List<String>> lists = new LinkedHashMap<>();
    parameters.forEach((name, value) -> lists.put(name, List.of(value)));
    return withAll(path, lists);
  }

  /** The parameters with one of them set, or removed for null. */
  static Map<String, String> changed(
      Map<String, String> parameters, String name, @Nullable String value) {
    Map<String, String> changed = new LinkedHashMap<>(parameters);
    if (value == null) {
      changed.remove(name);
    } else {
      changed.put(name, value);
    }
    return changed;
  }

  /** A path that came decoded, as an address again. */
  static String path(String decoded) {
    Matcher one = ONE.matcher(decoded);
    return one.matches()
        ? new Links(one.group(1)).one(one.group(2), id(one.group(3)))
        : encode(decoded).replace("%2F", "/");
  }

  /** The address if it is one of this server, else the start page: it came with the request. */
  static String local(@Nullable String address) {
    return address != null && LOCAL.matcher(address).matches() ? address : "/";
  }

  static String encode(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  /**
   * An id as a part of a path. No path holds control characters or steps upwards, however they are
   * written: such ids, and those that look like it, are put into other letters.
   */
  static String segment(String id) {
    return ODD.matcher(id).find()
        ? OTHER_LETTERS + Base64.getUrlEncoder().withoutPadding().encodeToString(id.getBytes(UTF_8))
        : encode(id);
  }

  /** The id that such a part stands for. */
  static String id(String segment) {
    if (!segment.startsWith(OTHER_LETTERS)) {
      return segment;
    }
    try {
      return new String(Base64.getUrlDecoder().decode(segment.substring(1)), UTF_8);
    } catch (IllegalArgumentException e) {
      // Somebody's own tilde.
      return segment;
    }
  }

  static String quoted(String value) {
    return PLAIN.matcher(value).matches()
        ? value
        : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("*", "\\*") + '"';
  }
}
