package io.onlooker.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.onlooker.GenAi;
import io.onlooker.Span;
import io.onlooker.instrument.ModelCall;
import io.onlooker.instrument.StreamedAnswer;
import java.lang.reflect.Method;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sees an answer pass by, piece by piece, before its receiver does. The model's span ends before
 * the receiver hears of the end, for it may call tools and the model again from within.
 */
final class RecordedHandler extends Forwarding {

  private final ModelCall call;
  private final Runs.@Nullable Issued issued;
  private final StreamedAnswer answer = new StreamedAnswer();
  private @Nullable RecordedHandle handle;

  private RecordedHandler(
      StreamingChatResponseHandler target, ModelCall call, Runs.@Nullable Issued issued) {
    super(target);
    this.call = call;
    this.issued = issued;
  }

  static StreamingChatResponseHandler of(
      StreamingChatResponseHandler target, ModelCall call, Runs.@Nullable Issued issued) {
    StreamingChatResponseHandler followed =
        proxy(StreamingChatResponseHandler.class, new RecordedHandler(target, call, issued));
    call.endWhenUnreachable(followed);
    return followed;
  }

  @Override
  @Nullable Object call(Object proxy, Method method, Object[] args) throws Throwable {
    return switch (method.getName()) {
      case "onPartialResponse", "onPartialThinking", "onPartialToolCall", "onCompleteToolCall" ->
          piece(method, args);
      case "onCompleteResponse" -> complete(method, args);
      case "onError" -> error(method, args);
      default -> pass(method, args);
    };
  }

  private @Nullable Object piece(Method method, Object[] args) throws Throwable {
    call.firstContent();
    String text = method.getName().equals("onPartialResponse") ? text(args[0]) : null;
    if (text != null) {
      answer.text(0, text);
      tell(ending -> ending.text(text));
    }
    if (args.length < 2) {
      return pass(method, args);
    }
    Object[] followed = args.clone();
    followed[1] = followed(args[1]);
    return pass(method, followed);
  }

  private static @Nullable String text(Object piece) {
    if (piece instanceof PartialResponse partial) {
      return partial.text();
    }
    return piece instanceof String text ? text : null;
  }

  private Object followed(Object context) {
    if (context instanceof PartialResponseContext response) {
      return new PartialResponseContext(handle(response.streamingHandle()));
    }
    if (context instanceof PartialThinkingContext thinking) {
      return new PartialThinkingContext(handle(thinking.streamingHandle()));
    }
    if (context instanceof PartialToolCallContext toolCall) {
      return new PartialToolCallContext(handle(toolCall.streamingHandle()));
    }
    return context;
  }

  @SuppressWarnings("ReferenceEquality") // a stream has one handle
  private StreamingHandle handle(StreamingHandle target) {
    RecordedHandle known = handle;
    if (known == null || known.target() != target) {
      known = new RecordedHandle(target, this::cancelled);
      handle = known;
    }
    return known;
  }

  private @Nullable Object complete(Method method, Object[] args) throws Throwable {
    call.end(span -> {
      if (args[0] instanceof ChatResponse response) {
        Output.write(span, response, call.recording());
        span.setAttribute(GenAi.RESPONSE_STREAMING, true);
      }
    });
    try {
      return pass(method, args);
    } catch (Throwable e) {
      end(ending -> ending.failed(e));
      throw e;
    }
  }

  private @Nullable Object error(Method method, Object[] args) throws Throwable {
    if (!(args[0] instanceof Throwable failure)) {
      return pass(method, args);
    }
    call.fail(failure, this::writeSoFar);
    try {
      return pass(method, args);
    } finally {
      // An AI service that is to ignore errors does not tell of them.
      end(ending -> ending.failed(failure));
    }
  }

  private void cancelled() {
    call.closedEarly(this::writeSoFar);
    end(ending -> ending.cancelled("cancelled by the caller"));
  }

  private void writeSoFar(Span span) {
    span.setAttribute(GenAi.RESPONSE_STREAMING, true);
    if (call.recording().outputs() && !answer.text(0).isEmpty()) {
      span.output(answer.text(0));
    }
  }

  private void tell(Consumer<Ending> what) {
    Run run = issued == null ? null : issued.run();
    if (run != null) {
      run.quietly("stream", () -> what.accept(run.ending()));
    }
  }

  private void end(Consumer<Ending> how) {
    Run run = issued == null ? null : issued.run();
    if (issued != null && run != null) {
      run.quietly("end of a stream", () -> Runs.end(issued.invocation(), how));
    }
  }

  /** Notices that the receiver wants no more. */
  private record RecordedHandle(StreamingHandle target, Runnable noticed)
      implements StreamingHandle {

    @Override
    public void cancel() {
      target.cancel();
      noticed.run();
    }

    @Override
    public boolean isCancelled() {
      return target.isCancelled();
    }
  }
}
