package io.onlooker.examples.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a page asks. */
public final class Request {

  private final HttpExchange exchange;
  private boolean answering;

  Request(HttpExchange exchange) {
    this.exchange = exchange;
  }

  /** Among them the trace that the page is in. */
  public Map<String, List<String>> headers() {
    return exchange.getRequestHeaders();
  }

  /** The parameter of this name; empty without one. */
  public String parameter(String name) {
    String query = exchange.getRequestURI().getRawQuery();
    for (String pair : query == null ? new String[0] : query.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return URLDecoder.decode(pair.substring(name.length() + 1), UTF_8);
      }
    }
    return "";
  }

  /** The body. */
  public JsonNode json() throws IOException {
    return JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
  }

  /**
   * Whether somebody still waits for the answer. The JDK's server does not tell when a client hangs
   * up, so this begins the answer with a blank, which JSON allows; the status is 200 from then on.
   */
  public boolean wanted() {
    try {
      if (!answering) {
        begin(200, 0);
      }
      exchange.getResponseBody().write(' ');
      exchange.getResponseBody().flush();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  void answer(Answer answer) throws IOException {
    byte[] body = JsonMapper.shared().writeValueAsBytes(answer.body());
    if (!answering) {
      begin(answer.status(), body.length);
    }
    exchange.getResponseBody().write(body);
    exchange.getResponseBody().close();
  }

  private void begin(int status, long length) throws IOException {
    answering = true;
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, length);
  }
}
