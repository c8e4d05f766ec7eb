package io.onlooker.server.http;

import com.linecorp.armeria.common.HttpMethod;
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
            .thenCompose(whole -> {
              CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
              Thread thread =
                  Thread.ofVirtual()
                      .name("request")
                      .start(() -> answer(answer, context, request, whole));
              if (reads(request)) {
                interruptWhenGone(context, thread);
              }
              return answer;
            }));
  }

  private static boolean reads(HttpRequest request) {
    return request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
  }

  /**
   * A client that goes away, or whose person stops waiting, ends what is read for it. What it sent
   * is kept all the same.
   */
  private static void interruptWhenGone(ServiceRequestContext context, Thread thread) {
    var _ =
        context
            .whenRequestCancelled()
            .thenAccept(cause -> {
              if (cause != null) {
                thread.interrupt();
              }
            });
  }

  private void answer(
      CompletableFuture<HttpResponse> answer,
      ServiceRequestContext context,
      HttpRequest request,
      byte[] body) {
    try {
      answer.complete(answer(context, request, body));
    } catch (RuntimeException | Error e) {
      answer.completeExceptionally(e);
    }
  }

  private HttpResponse answer(ServiceRequestContext context, HttpRequest request, byte[] body) {
    return Messages.response(handler.handle(Messages.request(context, request.headers(), body)));
  }
}
