package io.onlooker.springai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

/** An MCP server with one tool, over streamable HTTP; it has nothing to say of itself. */
final class ParcelServer implements AutoCloseable {

  private final HttpServer server;

  private ParcelServer(HttpServer server) {
    this.server = server;
    server.createContext("/mcp", ParcelServer::handle);
    server.start();
  }

  static ParcelServer start() {
    try {
      InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      return new ParcelServer(HttpServer.create(free, 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without the path. */
  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private static void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      if (!exchange.getRequestMethod().equals("POST")) {
        exchange.sendResponseHeaders(405, -1);
        return;
      }
      Map<?, ?> message = (Map<?, ?>) requireNonNull(Json.read(body));
      if (message.get("id") == null) {
        exchange.sendResponseHeaders(202, -1);
        return;
      }
      String answer =
          """
          {"jsonrpc": "2.0", "id": %s, "result": %s}\
          """
              .formatted(
                  Json.write(requireNonNull(message.get("id"))),
                  result(String.valueOf(message.get("method"))));
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(answer.getBytes(UTF_8));
    }
  }

  private static String result(String method) {
    return switch (method) {
      case "initialize" ->
          """
          {"protocolVersion": "2025-06-18", "capabilities": {"tools": {}},
           "serverInfo": {"name": "parcels", "version": "1"}}\
          """;
      case "tools/list" ->
          """
          {"tools": [{"name": "trackParcel", "description": "Track a parcel",
                      "inputSchema": {"type": "object",
                                      "properties": {"parcel": {"type": "string"}}}}]}\
          """;
      case "tools/call" ->
          """
          {"content": [{"type": "text", "text": "In Lyon."}], "isError": false}\
          """;
      default -> "{}";
    };
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
