package io.onlooker.server.http;

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
  private final BodyBudget budget;

  HandlerService(Handler handler, BodyBudget budget) {
    this.handler = handler;
    this.budget = budget;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    BodyReader body = new BodyReader(budget);
    request.subscribe(body);
    var _ = context.log().whenComplete().thenRun(body::release);
    return HttpResponse.of(
        body.whole()
            .thenCompose(whole ->
                CompletableFuture.supplyAsync(() -> answer(context, request, whole), THREADS)));
  }

  private HttpResponse answer(ServiceRequestContext context, HttpRequest request, byte[] body) {
    return Messages.response(handler.handle(Messages.request(context, request.headers(), body)));
  }
}
