package io.onlooker.langchain4j;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.onlooker.instrument.ModelCall;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** A streaming chat model whose calls are recorded. */
final class RecordedStreamingModel extends Forwarding {

  private final StreamingChatModel model;

  private RecordedStreamingModel(StreamingChatModel model) {
    super(model);
    this.model = model;
  }

  /** The model, recorded; one that is recorded already stays as it is. */
  @SuppressWarnings("ReferenceEquality") // whether there was a proxy
  static StreamingChatModel of(StreamingChatModel model) {
    return bare(model) == model
        ? proxy(StreamingChatModel.class, new RecordedStreamingModel(model))
        : model;
  }

  @Override
  @Nullable Object call(Object proxy, Method method, Object[] args) throws Throwable {
    int last = args.length - 1;
    if (!method.getName().equals("chat")
        || !(args[last] instanceof StreamingChatResponseHandler handler)) {
      return pass(method, args);
    }
    return args[0] instanceof ChatRequest request
        ? recorded(request, handler, method, args)
        : lead(proxy, method, args);
  }

  private @Nullable Object recorded(
      ChatRequest request, StreamingChatResponseHandler handler, Method method, Object[] args)
      throws Throwable {
    Runs.Issued issued = Runs.take(request);
    ModelCall call =
        ModelCalls.start(
            issued,
            request,
            () -> new ModelFacts(model.provider(), model.defaultRequestParameters(), true));
    if (call == null) {
      return pass(method, args);
    }
    Object[] followed = args.clone();
    followed[args.length - 1] = RecordedHandler.of(handler, call, issued);
    try {
      return call.within(passing(method, followed));
    } catch (Throwable e) {
      call.fail(e);
      throw e;
    }
  }
}
