package io.onlooker.langchain4j;

import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.UserName;
import dev.langchain4j.service.V;
import io.onlooker.session.AgentCall;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** What the methods of an AI service's interface say about its calls. */
final class AgentMethods {

  /** By name: libraries that the application may not have. */
  private static final Set<String> PUBLISHERS =
      Set.of("org.reactivestreams.Publisher", Flow.Publisher.class.getName());

  private static final String AGENT = "dev.langchain4j.agentic.Agent";

  private AgentMethods() {}

  /** Whether a call of the method asks the agent something; memories and scopes do not. */
  static boolean asks(Method method) {
    boolean ours = !method.getDeclaringClass().getName().startsWith("dev.langchain4j.");
    return ours
        || Arrays.stream(method.getAnnotations())
            .anyMatch(annotation -> annotation.annotationType().getName().equals(AGENT));
  }

  /** Whether the answer comes in pieces, after the method has returned. */
  static boolean streams(Method method) {
    Class<?> type = method.getReturnType();
    return type == TokenStream.class || publishes(type);
  }

  private static boolean publishes(@Nullable Class<?> type) {
    return type != null
        && (PUBLISHERS.contains(type.getName())
            || publishes(type.getSuperclass())
            || Arrays.stream(type.getInterfaces()).anyMatch(AgentMethods::publishes));
  }

  /** What is known of a call before it is made. */
  static AgentCall call(Method method, Object @Nullable [] args) {
    if (args == null) {
      return AgentCall.NONE;
    }
    AgentCall call = AgentCall.NONE;
    Map<String, Object> inputs = new LinkedHashMap<>();
    Object question = null;
    Parameter[] parameters = method.getParameters();
    for (int i = 0; i < parameters.length; i++) {
      Parameter parameter = parameters[i];
      Object value = args[i];
      if (parameter.isAnnotationPresent(MemoryId.class)) {
        call = call.conversationId(Starts.conversation(value));
      } else if (parameter.isAnnotationPresent(UserName.class)) {
        call = call.userId(value == null ? null : value.toString());
      } else if (value != null) {
        question = parameter.isAnnotationPresent(UserMessage.class) ? value : question;
        inputs.put(name(parameter), value);
      }
    }
    return call.input(question == null ? only(inputs) : question);
  }

  private static @Nullable Object only(Map<String, Object> inputs) {
    return switch (inputs.size()) {
      case 0 -> null;
      case 1 -> inputs.values().iterator().next();
      default -> inputs;
    };
  }

  private static String name(Parameter parameter) {
    V named = parameter.getAnnotation(V.class);
    return named == null ? parameter.getName() : named.value();
  }
}
