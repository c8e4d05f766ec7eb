package io.onlooker.anthropic;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.AnthropicClientAsync;
import com.anthropic.services.async.BetaServiceAsync;
import com.anthropic.services.async.MessageServiceAsync;
import com.anthropic.services.blocking.BetaService;
import com.anthropic.services.blocking.MessageService;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which parts of anthropic-java lead to a model, and which methods ask one. */
final class Services {

  /** Those that ask models: Anthropic's messages, plain and beta, in four styles. */
  private static final Set<Class<?>> MESSAGES =
      Set.of(
          MessageService.class,
          MessageService.WithRawResponse.class,
          MessageServiceAsync.class,
          MessageServiceAsync.WithRawResponse.class,
          com.anthropic.services.blocking.beta.MessageService.class,
          com.anthropic.services.blocking.beta.MessageService.WithRawResponse.class,
          com.anthropic.services.async.beta.MessageServiceAsync.class,
          com.anthropic.services.async.beta.MessageServiceAsync.WithRawResponse.class);

  /** Those that hand them out; whatever else a client hands out is the client's own. */
  private static final Set<Class<?>> CLIENTS =
      Set.of(
          AnthropicClient.class,
          AnthropicClient.WithRawResponse.class,
          AnthropicClientAsync.class,
          AnthropicClientAsync.WithRawResponse.class,
          BetaService.class,
          BetaService.WithRawResponse.class,
          BetaServiceAsync.class,
          BetaServiceAsync.WithRawResponse.class);

  private static final Set<String> CALLS = Set.of("create", "createStreaming");

  /** What anthropic-java builds on the messages' service, and calls the service by itself. */
  private static final Set<String> BUILT = Set.of("toolRunner", "thread");

  private Services() {}

  static boolean leading(Class<?> type) {
    return CLIENTS.contains(type) || MESSAGES.contains(type);
  }

  /** Whether the method asks a model. */
  static boolean asks(Method method) {
    return CALLS.contains(method.getName()) && MESSAGES.contains(method.getDeclaringClass());
  }

  /** Whether the method makes something that will call the messages' service by itself. */
  static boolean builds(Method method) {
    return BUILT.contains(method.getName()) && MESSAGES.contains(method.getDeclaringClass());
  }

  /** Whether the method's service hands out responses before they are parsed. */
  static boolean raw(Method method) {
    return method.getDeclaringClass().getSimpleName().equals("WithRawResponse");
  }

  /** Calls as if there were no proxy: what is thrown is the target's own. */
  static @Nullable Object pass(Object target, Method method, Object @Nullable [] args)
      throws Throwable {
    try {
      return method.invoke(target, args);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      throw cause == null ? e : cause;
    }
  }
}
