package io.onlooker.openai;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import com.openai.services.async.ChatServiceAsync;
import com.openai.services.async.EmbeddingServiceAsync;
import com.openai.services.async.ResponseServiceAsync;
import com.openai.services.async.chat.ChatCompletionServiceAsync;
import com.openai.services.blocking.ChatService;
import com.openai.services.blocking.EmbeddingService;
import com.openai.services.blocking.ResponseService;
import com.openai.services.blocking.chat.ChatCompletionService;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a client or one of its services: hands out instrumented services, records calls of
 * models, and passes everything else on as it is.
 *
 * <p>A proxy, because openai-java's interfaces grow with nearly every release: a class that
 * implements them would lack the new methods at run time.
 */
final class InstrumentedService implements InvocationHandler {

  /** What leads to a call of a model; whatever else a client hands out is the client's own. */
  private static final Set<Class<?>> LEADING =
      Set.of(
          OpenAIClient.class,
          OpenAIClient.WithRawResponse.class,
          OpenAIClientAsync.class,
          OpenAIClientAsync.WithRawResponse.class,
          ChatService.class,
          ChatService.WithRawResponse.class,
          ChatServiceAsync.class,
          ChatServiceAsync.WithRawResponse.class,
          ChatCompletionService.class,
          ChatCompletionService.WithRawResponse.class,
          ChatCompletionServiceAsync.class,
          ChatCompletionServiceAsync.WithRawResponse.class,
          ResponseService.class,
          ResponseService.WithRawResponse.class,
          ResponseServiceAsync.class,
          ResponseServiceAsync.WithRawResponse.class,
          EmbeddingService.class,
          EmbeddingService.WithRawResponse.class,
          EmbeddingServiceAsync.class,
          EmbeddingServiceAsync.WithRawResponse.class);

  private static final Object[] NOTHING = {};

  private final Object target;
  private final Settings settings;
  private final Map<Method, Object> handedOut = new ConcurrentHashMap<>();
  private final CountedServices services;

  private InstrumentedService(Class<?> type, Object target, Settings settings) {
    this.target = target;
    this.settings = settings;
    services = new CountedServices(type, target);
  }

  /** The target, instrumented; one that is instrumented already with the new settings. */
  static <T> T of(Class<T> type, T target, Settings settings) {
    Object bare = target;
    if (Proxy.isProxyClass(target.getClass())
        && Proxy.getInvocationHandler(target) instanceof InstrumentedService instrumented) {
      bare = instrumented.target;
    }
    InvocationHandler handler = new InstrumentedService(type, bare, settings);
    Object proxy = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    return type.cast(proxy);
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args)
      throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return ofObject(proxy, method, args);
    }
    Api api = Apis.of(method);
    if (api != null) {
      return new Call(api, target, method, args == null ? NOTHING : args, services, settings)
          .make();
    }
    return LEADING.contains(method.getReturnType())
        ? leading(method, args)
        : pass(target, method, args);
  }

  private @Nullable Object ofObject(Object proxy, Method method, Object @Nullable [] args)
      throws Throwable {
    if (args == null) {
      return pass(target, method, null);
    }
    return method.getName().equals("equals") ? same(proxy, args[0]) : pass(target, method, args);
  }

  @SuppressWarnings("ReferenceEquality") // clients are equal when they are the same
  private static boolean same(Object proxy, @Nullable Object other) {
    return proxy == other;
  }

  private @Nullable Object leading(Method method, Object @Nullable [] args) throws Throwable {
    Object known = args == null ? handedOut.get(method) : null;
    if (known != null) {
      return known;
    }
    Object service = pass(target, method, args);
    if (service == null) {
      return null;
    }
    Object instrumented = instrumented(method.getReturnType(), service);
    Object first = args == null ? handedOut.putIfAbsent(method, instrumented) : null;
    return first == null ? instrumented : first;
  }

  private <T> T instrumented(Class<T> type, Object service) {
    return of(type, type.cast(service), settings);
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
