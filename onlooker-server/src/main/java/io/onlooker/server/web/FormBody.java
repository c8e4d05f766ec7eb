package io.onlooker.server.web;

import io.onlooker.server.http.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a form sent; of a name given twice the first value counts. */
record FormBody(Map<String, String> fields) {

  static FormBody of(Request request) {
    Map<String, String> fields = new LinkedHashMap<>();
    String body = new String(request.body(), StandardCharsets.UTF_8);
    for (String pair : body.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        fields.putIfAbsent(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
    return new FormBody(fields);
  }

  /** Empty when the form did not have it. */
  String text(String name) {
    return fields.getOrDefault(name, "");
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // A percent sign that begins nothing: no browser sends it.
      return text;
    }
  }
}
