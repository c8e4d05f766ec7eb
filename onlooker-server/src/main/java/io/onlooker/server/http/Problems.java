package io.onlooker.server.http;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.ClosedSessionException;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.RequestTimeoutException;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers whatever a handler, or the library before it, throws. */
final class Problems implements ServerErrorHandler {

  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  @Override
  public HttpResponse onServiceException(ServiceRequestContext context, Throwable thrown) {
    Throwable cause = Exceptions.peel(thrown);
    if (cause instanceof HttpStatusException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return Messages.response(problem(context, cause).response());
  }

  @Override
  public AggregatedHttpResponse onProtocolViolation(
      ServiceConfig config,
      @Nullable RequestHeaders headers,
      HttpStatus status,
      @Nullable String description,
      @Nullable Throwable cause) {
    return rendered(status, description);
  }

  @Override
  public AggregatedHttpResponse renderStatus(
      @Nullable ServiceRequestContext context,
      ServiceConfig config,
      @Nullable RequestHeaders headers,
      HttpStatus status,
      @Nullable String description,
      @Nullable Throwable cause) {
    return rendered(status, description);
  }

  private static AggregatedHttpResponse rendered(HttpStatus status, @Nullable String description) {
    String detail = description == null ? status.reasonPhrase() : description;
    Response response = new HttpProblem(status.code(), status.reasonPhrase(), detail).response();
    return Messages.response(response).aggregate().join();
  }

  private static HttpProblem problem(ServiceRequestContext context, Throwable thrown) {
    return switch (thrown) {
      case HttpProblem problem -> problem;
      case ContentTooLargeException tooLarge ->
          new HttpProblem(
                  413,
                  "Body too large",
                  "body: more bytes than allowed (expected: at most "
                      + tooLarge.maxContentLength()
                      + ")")
              .with("access-control-allow-origin", "*");
      case HttpStatusException refused ->
          new HttpProblem(
              refused.httpStatus().code(), refused.httpStatus().reasonPhrase(), "the request");
      case RequestTimeoutException _ when !arrived(context) ->
          new HttpProblem(408, "Too slow", "the request did not arrive whole in time (try again)");
      case RequestTimeoutException _ ->
          new HttpProblem(
              503, "Too slow", "the request was not complete and answered in time (try again)");
      case ClosedSessionException _, ClosedStreamException _ ->
          new HttpProblem(400, "Gone", "the client left before the request was whole");
      default -> unexpected(context, thrown);
    };
  }

  private static boolean arrived(ServiceRequestContext context) {
    CompletableFuture<Void> request = context.request().whenComplete();
    return request.isDone() && !request.isCompletedExceptionally();
  }

  /** Our own mistake: the client gets a number to ask for, the log gets the cause. */
  private static HttpProblem unexpected(ServiceRequestContext context, Throwable thrown) {
    String number = UUID.randomUUID().toString();
    LOG.error("{} {} failed ({})", context.method(), context.path(), number, thrown);
    return new HttpProblem(500, "Internal error", "the server's log has the cause: " + number);
  }
}
