package io.onlooker.server.http;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request that cannot be answered, told to the client as {@code application/problem+json}.
 *
 * <p>The detail names the thing, its value and what was expected.
 */
public final class HttpProblem extends RuntimeException {

  private static final long serialVersionUID = 1;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final int status;
  private final String title;
  private final transient Map<String, String> headers;

  /** Where in the value that the detail names it goes wrong, or -1. */
  private final int position;

  public HttpProblem(int status, String title, String detail) {
    this(status, title, detail, Map.of(), -1);
  }

  private HttpProblem(
      int status, String title, String detail, Map<String, String> headers, int position) {
    super(detail);
    this.status = status;
    this.title = title;
    this.headers = Map.copyOf(headers);
    this.position = position;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** What the message says, never null. */
  public String detail() {
    return String.valueOf(getMessage());
  }

  /** The same problem whose answer also carries this header. */
  public HttpProblem with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new HttpProblem(status, title, detail(), more, position);
  }

  /** The same problem whose answer also says where, as the member {@code position}. */
  public HttpProblem at(int position) {
    return new HttpProblem(status, title, detail(), headers, position);
  }

  /** The answer (RFC 9457); Sentrial clients read {@code error} and {@code message}. */
  public Response response() {
    ObjectNode json = JSON.createObjectNode();
    json.put("title", title);
    json.put("status", status);
    json.put("detail", detail());
    json.put("error", title);
    json.put("message", detail());
    if (position >= 0) {
      json.put("position", position);
    }
    Response response =
        Response.of(status, "application/problem+json", JSON.writeValueAsBytes(json));
    for (Map.Entry<String, String> header : headers.entrySet()) {
      response = response.with(header.getKey(), header.getValue());
    }
    return response;
  }
}
