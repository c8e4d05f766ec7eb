package io.onlooker.mcp;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpServerTransport;
import io.modelcontextprotocol.spec.McpTransport;
import io.onlooker.Onlooker;
import io.onlooker.Span;
import io.onlooker.SpanOptions;
import io.onlooker.instrument.Recording;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** The requests that one client's session is handling, by their ids. Safe for many threads. */
final class ServerCalls {

  private final Supplier<Onlooker> onlooker;
  private final @Nullable McpTransport transport;
  private final Map<String, ServerCall> handling = new ConcurrentHashMap<>();
  private volatile Map<String, Object> client = Map.of();

  /**
   * @param transport reads what the SDK has read already; null where it leaves that to the handler
   */
  ServerCalls(Supplier<Onlooker> onlooker, @Nullable McpTransport transport) {
    this.onlooker = onlooker;
    this.transport = transport;
  }

  /** Who the client says it is. */
  void client(Map<String, Object> info) {
    client = info;
  }

  /** The handling of a request, within a span from its subscription to its end. */
  <T> Mono<T> recorded(JSONRPCRequest request, Supplier<Mono<T>> handle) {
    return Mono.defer(() -> {
      ServerCall call = start(request);
      return call == null
          ? handle.get()
          : new SubscribedWithin<>(call, handle)
              .contextWrite(all -> all.put(McpTransportContext.KEY, marked(all, call)))
              .doOnError(call::failed)
              .doOnTerminate(() -> ended(request.id()))
              .doOnCancel(() -> cancelled(request.id()));
    });
  }

  private static McpTransportContext marked(ContextView context, ServerCall call) {
    McpTransportContext given =
        context.getOrDefault(McpTransportContext.KEY, McpTransportContext.EMPTY);
    return new RecordedContext(given, call);
  }

  private @Nullable ServerCall start(JSONRPCRequest request) {
    Onlooker here = onlooker.get();
    ServerCall[] started = new ServerCall[1];
    if (here.enabled() && !request.method().equals("ping")) {
      here.guarded(
          "start of an MCP request",
          () -> {
            ServerCall call = start(here, request);
            handling.put(String.valueOf(request.id()), call);
            started[0] = call;
          });
    }
    return started[0];
  }

  private ServerCall start(Onlooker here, JSONRPCRequest request) {
    String method = request.method();
    Map<String, Object> params = Json.fields(request.params(), transport);
    if (method.equals("initialize")) {
      client(Json.object(params, "clientInfo"));
    }
    Recording recording = Recording.of(here, null, null);
    SpanOptions options =
        Requests.facts(Requests.generic(method, params, "mcp.server"), method, request.id())
            .attribute("mcp.client.name", client.get("name"))
            .attribute("mcp.client.version", client.get("version"));
    if (recording.inputs()) {
      options.input(Requests.input(method, params));
    }
    // Where the thread stands says nothing: without a trace of the client's it begins one.
    Map<String, Object> trace = Json.object(params, "_meta");
    Span span = here.continueTrace(trace, () -> here.startInactiveSpan(options));
    return new ServerCall(here, recording, span, method);
  }

  /** Notes an answer on its way out. */
  void answered(JSONRPCMessage message) {
    if (message instanceof JSONRPCResponse response) {
      ServerCall call = handling.remove(String.valueOf(response.id()));
      if (call != null) {
        call.answered(response, transport);
      }
    }
  }

  private void ended(Object id) {
    ServerCall call = handling.remove(String.valueOf(id));
    if (call != null) {
      call.span().end();
    }
  }

  private void cancelled(Object id) {
    ServerCall call = handling.remove(String.valueOf(id));
    if (call != null) {
      call.cancelled();
    }
  }

  /** A server's transport that notes the answers it sends. */
  <T extends McpServerTransport> T noting(Class<T> type, T target) {
    return Forwarding.proxy(type, new Noting(target));
  }

  private final class Noting extends Forwarding {

    Noting(Object target) {
      super(target);
    }

    @Override
    @Nullable Object call(Method method, Object[] args) throws Throwable {
      if (method.getName().equals("sendMessage") && args[0] instanceof JSONRPCMessage message) {
        answered(message);
      }
      return pass(method, args);
    }
  }
}
