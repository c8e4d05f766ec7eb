package io.onlooker.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** MCP's lines over a socket: the SDK's stdio server on one end, this client on the other. */
final class Wire implements McpClientTransport, AutoCloseable {

  static final McpJsonMapper JSON = McpJsonDefaults.getMapper();

  private final Socket client;
  private final Socket server;
  private final List<String> sent = new CopyOnWriteArrayList<>();
  private final List<String> received = new CopyOnWriteArrayList<>();

  private Wire(Socket client, Socket server) {
    this.client = client;
    this.server = server;
  }

  static Wire open() {
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Socket client = new Socket(door.getInetAddress(), door.getLocalPort());
      return new Wire(client, door.accept());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The server's end. */
  Socket server() {
    return server;
  }

  /** What the client wrote, line by line. */
  List<String> sent() {
    return sent;
  }

  /** What the client read, line by line. */
  List<String> received() {
    return received;
  }

  @Override
  public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
    Thread reader = new Thread(() -> read(handler), "wire");
    reader.setDaemon(true);
    reader.start();
    return Mono.empty();
  }

  private void read(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        received.add(line);
        handler.apply(Mono.just(McpSchema.deserializeJsonRpcMessage(JSON, line))).subscribe();
      }
    } catch (IOException e) {
      received.add("closed");
    }
  }

  @Override
  public Mono<Void> sendMessage(JSONRPCMessage message) {
    return Mono.fromRunnable(() -> write(message));
  }

  private synchronized void write(JSONRPCMessage message) {
    try {
      String line = JSON.writeValueAsString(message);
      sent.add(line);
      client.getOutputStream().write((line + "\n").getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
    return JSON.convertValue(data, type);
  }

  @Override
  public Mono<Void> closeGracefully() {
    return Mono.fromRunnable(this::close);
  }

  @Override
  public void close() {
    try {
      client.close();
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
