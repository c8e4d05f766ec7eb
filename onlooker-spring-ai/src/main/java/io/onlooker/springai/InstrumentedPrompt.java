package io.onlooker.springai;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClient;

/** A prompt to an agent, whose session lasts until the application has what it asks for. */
final class InstrumentedPrompt extends Forwarding<ChatClient.ChatClientRequestSpec> {

  private InstrumentedPrompt(ChatClient.ChatClientRequestSpec prompt) {
    super(prompt);
  }

  static ChatClient.ChatClientRequestSpec of(ChatClient.ChatClientRequestSpec prompt) {
    return proxy(ChatClient.ChatClientRequestSpec.class, new InstrumentedPrompt(prompt));
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // a prompt returns itself
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args)
      throws Throwable {
    Object result = forward(method, args);
    if (result == target) {
      return proxy;
    }
    if (result instanceof ChatClient.ChatClientRequestSpec another) {
      return of(another);
    }
    return result instanceof ChatClient.CallResponseSpec answer ? Answer.of(answer) : result;
  }

  /** Asks when it is asked for something. */
  private static final class Answer extends Forwarding<ChatClient.CallResponseSpec> {

    private Answer(ChatClient.CallResponseSpec answer) {
      super(answer);
    }

    static ChatClient.CallResponseSpec of(ChatClient.CallResponseSpec answer) {
      return proxy(ChatClient.CallResponseSpec.class, new Answer(answer));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args)
        throws Throwable {
      return Conversion.of(() -> forward(method, args));
    }
  }
}
