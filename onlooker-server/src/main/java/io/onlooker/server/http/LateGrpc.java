package io.onlooker.server.http;

import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpServiceWithRoutes;
import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.RoutingContext;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.grpc.GrpcService;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Unary gRPC calls whose service is built when the first of them comes. The library's builder
 * generates code to read JSON, whether or not anybody speaks it: no server should start with that,
 * and one that nobody calls so should not keep it in memory.
 */
final class LateGrpc implements HttpServiceWithRoutes {

  private final Set<Route> routes;
  private final Supplier<GrpcService> builder;
  private @Nullable CompletableFuture<GrpcService> service;

  LateGrpc(Set<Route> routes, Supplier<GrpcService> builder) {
    this.routes = routes;
    this.builder = builder;
  }

  @Override
  public Set<Route> routes() {
    return routes;
  }

  @Override
  public ExchangeType exchangeType(RoutingContext context) {
    return ExchangeType.UNARY;
  }

  /** An event loop never waits until it is built. */
  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) throws Exception {
    CompletableFuture<GrpcService> built = service();
    return built.isDone()
        ? built.join().serve(context, request)
        : HttpResponse.of(
            built.thenComposeAsync(grpc -> answer(grpc, context, request), context.eventLoop()));
  }

  private synchronized CompletableFuture<GrpcService> service() {
    if (service == null) {
      service = CompletableFuture.supplyAsync(builder, HandlerService.THREADS);
    }
    return service;
  }

  private static CompletableFuture<HttpResponse> answer(
      GrpcService grpc, ServiceRequestContext context, HttpRequest request) {
    try {
      return CompletableFuture.completedFuture(grpc.serve(context, request));
    } catch (Exception e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
