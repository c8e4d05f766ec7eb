package io.onlooker.mcp;

import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncPromptSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncResourceTemplateSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceTemplateSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.Request;
import io.onlooker.Onlooker;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** What a server offers, with handlers that are recorded. One that is recorded already stays. */
record Specifications(Supplier<Onlooker> onlooker) {

  SyncToolSpecification traced(SyncToolSpecification given) {
    return new SyncToolSpecification(given.tool(), sync(Requests.TOOL, given.callHandler()));
  }

  AsyncToolSpecification traced(AsyncToolSpecification given) {
    return new AsyncToolSpecification(given.tool(), async(Requests.TOOL, given.callHandler()));
  }

  SyncResourceSpecification traced(SyncResourceSpecification given) {
    return new SyncResourceSpecification(
        given.resource(), sync(Requests.RESOURCE, given.readHandler()));
  }

  AsyncResourceSpecification traced(AsyncResourceSpecification given) {
    return new AsyncResourceSpecification(
        given.resource(), async(Requests.RESOURCE, given.readHandler()));
  }

  SyncResourceTemplateSpecification traced(SyncResourceTemplateSpecification given) {
    return new SyncResourceTemplateSpecification(
        given.resourceTemplate(), sync(Requests.RESOURCE, given.readHandler()));
  }

  AsyncResourceTemplateSpecification traced(AsyncResourceTemplateSpecification given) {
    return new AsyncResourceTemplateSpecification(
        given.resourceTemplate(), async(Requests.RESOURCE, given.readHandler()));
  }

  SyncPromptSpecification traced(SyncPromptSpecification given) {
    return new SyncPromptSpecification(
        given.prompt(), sync(Requests.PROMPT, given.promptHandler()));
  }

  AsyncPromptSpecification traced(AsyncPromptSpecification given) {
    return new AsyncPromptSpecification(
        given.prompt(), async(Requests.PROMPT, given.promptHandler()));
  }

  private <Q extends Request, R> BiFunction<McpSyncServerExchange, Q, R> sync(
      String method, BiFunction<McpSyncServerExchange, Q, R> handler) {
    return handler instanceof SyncHandler
        ? handler
        : new SyncHandler<>(new HandledRequests(method, onlooker), handler);
  }

  private <Q extends Request, R> BiFunction<McpAsyncServerExchange, Q, Mono<R>> async(
      String method, BiFunction<McpAsyncServerExchange, Q, Mono<R>> handler) {
    return handler instanceof AsyncHandler
        ? handler
        : new AsyncHandler<>(new HandledRequests(method, onlooker), handler);
  }
}
