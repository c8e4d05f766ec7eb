package io.onlooker.springai;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatModel;
import reactor.core.publisher.Flux;

/** A chat model whose streams are seen. */
final class InstrumentedModel extends Forwarding<ChatModel> {

  private InstrumentedModel(ChatModel model) {
    super(model);
  }

  static ChatModel of(ChatModel model) {
    return proxy(ChatModel.class, new InstrumentedModel(model));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args)
      throws Throwable {
    Object result = forward(method, args);
    // Of responses or, for a plain question, of texts.
    return result instanceof Flux<?> stream
        ? Subscription.of(() -> stream, Output::content)
        : result;
  }
}
