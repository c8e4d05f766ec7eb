package io.onlooker.springai;

import io.onlooker.session.AgentRecorder;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.api.Advisor;

/** A chat client whose prompts get our advisors, and whose builders do. */
final class InstrumentedClient extends Forwarding<ChatClient> {

  private final Advisor[] advisors;

  private InstrumentedClient(ChatClient client, Advisor[] advisors) {
    super(client);
    this.advisors = advisors;
  }

  static ChatClient of(ChatClient client, AgentRecorder recorder) {
    Advisor[] advisors = {new SessionAdvisor(recorder), new OnlookerAdvisor()};
    return proxy(ChatClient.class, new InstrumentedClient(client, advisors));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args)
      throws Throwable {
    Object result = forward(method, args);
    if (result instanceof ChatClient.ChatClientRequestSpec prompt) {
      return InstrumentedPrompt.of(prompt.advisors(advisors));
    }
    return result instanceof ChatClient.Builder builder
        ? builder.defaultAdvisors(advisors)
        : result;
  }
}
