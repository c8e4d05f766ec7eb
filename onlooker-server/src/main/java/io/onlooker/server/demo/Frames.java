package io.onlooker.server.demo;

import io.onlooker.ErrorData;
import java.util.List;

/** Where the shop's exceptions were thrown. */
final class Frames {

  private Frames() {}

  static List<ErrorData.Frame> of(Fate fate) {
    return switch (fate) {
      case TOOL_TIMEOUT ->
          List.of(
              own("Orders", "await", 118),
              own("Orders", "check", 64),
              library("java.util.concurrent.FutureTask", "run", 328),
              library("java.lang.VirtualThread", "run", 466));
      case RATE_LIMIT, CONTEXT_LENGTH ->
          List.of(
              library("com.openai.core.http.RetryingHttpClient", "execute", 91),
              own("Models", "chat", 41),
              own("Support", "answer", 27));
      default ->
          List.of(
              library("tools.jackson.core.JsonParser", "nextToken", 211),
              own("Triage", "route", 33));
    };
  }

  private static ErrorData.Frame own(String type, String method, int line) {
    return new ErrorData.Frame("com.acme.shop." + type, method, type + ".java", line, true);
  }

  private static ErrorData.Frame library(String type, String method, int line) {
    String file = type.substring(type.lastIndexOf('.') + 1) + ".java";
    return new ErrorData.Frame(type, method, file, line, false);
  }
}
