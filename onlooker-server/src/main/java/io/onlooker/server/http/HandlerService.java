package io.onlooker.server.http;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Gives a request, once it is complete, to its handler on a virtual thread. */
final class HandlerService implements HttpService {

  static final Executor THREADS = Thread.ofVirtual().name("request-", 0)::start;

  private final Handler handler;

  HandlerService(Handler handler) {
    this.handler = handler;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    return HttpResponse.of(
        request
            .aggregate()
            .thenCompose(
                whole -> CompletableFuture.supplyAsync(() -> answer(context, whole), THREADS)));
  }

  private HttpResponse answer(ServiceRequestContext context, AggregatedHttpRequest request) {
    return Messages.response(handler.handle(Messages.request(context, request)));
  }
}
