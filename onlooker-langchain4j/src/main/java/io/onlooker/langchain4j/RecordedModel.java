package io.onlooker.langchain4j;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.onlooker.instrument.ModelCall;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** A chat model whose calls are recorded. */
final class RecordedModel extends Forwarding {

  private final ChatModel model;

  private RecordedModel(ChatModel model) {
    super(model);
    this.model = model;
  }

  /** The model, recorded; one that is recorded already stays as it is. */
  @SuppressWarnings("ReferenceEquality") // whether there was a proxy
  static ChatModel of(ChatModel model) {
    return bare(model) == model ? proxy(ChatModel.class, new RecordedModel(model)) : model;
  }

  @Override
  @Nullable Object call(Object proxy, Method method, Object[] args) throws Throwable {
    if (!method.getName().equals("chat")) {
      return pass(method, args);
    }
    return args[0] instanceof ChatRequest request
        ? recorded(request, method, args)
        : lead(proxy, method, args);
  }

  private @Nullable Object recorded(ChatRequest request, Method method, Object[] args)
      throws Throwable {
    ModelCall call =
        ModelCalls.start(
            Runs.take(request),
            request,
            () -> new ModelFacts(model.provider(), model.defaultRequestParameters(), false));
    if (call == null) {
      return pass(method, args);
    }
    Object answer;
    try {
      answer = call.within(passing(method, args));
    } catch (Throwable e) {
      call.fail(e);
      throw e;
    }
    call.end(span -> {
      if (answer instanceof ChatResponse response) {
        Output.write(span, response, call.recording());
      }
    });
    return answer;
  }
}
