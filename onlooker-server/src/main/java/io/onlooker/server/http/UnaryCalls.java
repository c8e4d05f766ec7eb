package io.onlooker.server.http;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.RetryInfo;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.grpc.GrpcSerializationFormats;
import com.linecorp.armeria.server.HttpServiceWithRoutes;
import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.grpc.GrpcService;
import com.linecorp.armeria.server.grpc.GrpcServiceBuilder;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives gRPC calls to their handlers and turns what these throw into gRPC's statuses. */
final class UnaryCalls {

  private static final Logger LOG = LoggerFactory.getLogger(UnaryCalls.class);

  private UnaryCalls() {}

  static HttpServiceWithRoutes service(List<Routes.Unary<?, ?>> calls, int maxMessageBytes) {
    Set<Route> routes =
        calls.stream()
            .map(call -> Route.builder().exact("/" + call.method().getFullMethodName()).build())
            .collect(Collectors.toUnmodifiableSet());
    return new LateGrpc(routes, () -> build(calls, maxMessageBytes));
  }

  private static GrpcService build(List<Routes.Unary<?, ?>> calls, int maxMessageBytes) {
    GrpcServiceBuilder builder =
        GrpcService.builder()
            .supportedSerializationFormats(GrpcSerializationFormats.PROTO)
            .maxRequestMessageLength(maxMessageBytes);
    calls.forEach(call -> builder.addService(definition(call)));
    return builder.build();
  }

  private static <Q, A> ServerServiceDefinition definition(Routes.Unary<Q, A> call) {
    return ServerServiceDefinition.builder(call.method().getServiceName())
        .addMethod(
            call.method(),
            ServerCalls.asyncUnaryCall((message, answers) -> start(call, message, answers)))
        .build();
  }

  private static <Q, A> void start(Routes.Unary<Q, A> call, Q message, StreamObserver<A> answers) {
    ServiceRequestContext context = ServiceRequestContext.current();
    HttpRequest http = context.request();
    Request request = Messages.request(context, http.headers(), new byte[0]);
    HandlerService.THREADS.execute(() -> answer(call.handler(), request, message, answers));
  }

  private static <Q, A> void answer(
      UnaryHandler<Q, A> handler, Request request, Q message, StreamObserver<A> answers) {
    A answer;
    try {
      answer = handler.handle(request, message);
    } catch (HttpProblem problem) {
      answers.onError(refusal(problem));
      return;
    } catch (RuntimeException e) {
      LOG.error("{} failed", request.path(), e);
      answers.onError(Status.INTERNAL.withDescription("see the server's log").asRuntimeException());
      return;
    }
    answers.onNext(answer);
    answers.onCompleted();
  }

  /** With {@code RetryInfo} where it is worth to try again, as OTLP's clients want to be told. */
  private static StatusRuntimeException refusal(HttpProblem problem) {
    com.google.rpc.Status.Builder status =
        com.google.rpc.Status.newBuilder()
            .setCode(status(problem).getCode().value())
            .setMessage(problem.detail());
    String seconds = problem.response().headers().get("retry-after");
    if (seconds != null) {
      Duration delay = Duration.newBuilder().setSeconds(Long.parseLong(seconds)).build();
      status.addDetails(Any.pack(RetryInfo.newBuilder().setRetryDelay(delay).build()));
    }
    return StatusProto.toStatusRuntimeException(status.build());
  }

  private static Status status(HttpProblem problem) {
    return switch (problem.status()) {
      case 400, 415 -> Status.INVALID_ARGUMENT;
      case 401 -> Status.UNAUTHENTICATED;
      case 403 -> Status.PERMISSION_DENIED;
      case 404 -> Status.NOT_FOUND;
      case 413, 429 -> Status.RESOURCE_EXHAUSTED;
      case 503 -> Status.UNAVAILABLE;
      default -> Status.INTERNAL;
    };
  }
}
