package io.onlooker.springai;

import io.onlooker.session.AgentRecorder;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.api.Advisor;

/** A chat client whose prompts get our advisors, and whose builders do. */
final class InstrumentedClient implements InvocationHandler {

  private final ChatClient client;
  private final Advisor[] advisors;

  private InstrumentedClient(ChatClient client, Advisor[] advisors) {
    this.client = client;
    this.advisors = advisors;
  }

  static ChatClient of(ChatClient client, AgentRecorder recorder) {
    Advisor[] advisors = {new SessionAdvisor(recorder), new OnlookerAdvisor()};
    return (ChatClient)
        Proxy.newProxyInstance(
            ChatClient.class.getClassLoader(),
            new Class<?>[] {ChatClient.class},
            new InstrumentedClient(client, advisors));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args)
      throws Throwable {
    try {
      Object result = method.invoke(client, args);
      if (result instanceof ChatClient.ChatClientRequestSpec prompt) {
        return prompt.advisors(advisors);
      }
      return result instanceof ChatClient.Builder builder
          ? builder.defaultAdvisors(advisors)
          : result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
