package io.onlooker.anthropic;

import com.anthropic.core.RequestOptions;
import com.anthropic.helpers.BetaToolRunner;
import com.anthropic.models.beta.messages.ToolRunnerCreateParams;
import com.anthropic.services.blocking.beta.MessageService;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a client or one of its services: hands out instrumented services, records calls of
 * models, and passes everything else on as it is.
 *
 * <p>A proxy, because anthropic-java's interfaces grow with nearly every release: a class that
 * implements them would lack the new methods at run time.
 */
final class InstrumentedService implements InvocationHandler {

  private static final Object[] NOTHING = {};

  private final Object target;
  private final Settings settings;
  private final @Nullable ToolRun toolRun;
  private final Map<Method, Object> handedOut = new ConcurrentHashMap<>();
  private final CountedServices services;

  private InstrumentedService(
      Class<?> type, Object target, Settings settings, @Nullable ToolRun toolRun) {
    this.target = target;
    this.settings = settings;
    this.toolRun = toolRun;
    services = new CountedServices(type, target);
  }

  /** The target, instrumented; one that is instrumented already with the new settings. */
  static <T> T of(Class<T> type, T target, Settings settings) {
    Object bare = target;
    if (Proxy.isProxyClass(target.getClass())
        && Proxy.getInvocationHandler(target) instanceof InstrumentedService instrumented) {
      bare = instrumented.target;
    }
    return proxy(type, new InstrumentedService(type, bare, settings, null));
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    Object proxy = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    return type.cast(proxy);
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args)
      throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return ofObject(proxy, method, args);
    }
    if (Services.asks(method)) {
      Object[] given = args == null ? NOTHING : args;
      return new Call(target, method, given, services, settings, toolRun).make();
    }
    if (Services.builds(method)) {
      return built(proxy, method, args);
    }
    return Services.leading(method.getReturnType())
        ? leading(method, args)
        : Services.pass(target, method, args);
  }

  private @Nullable Object ofObject(Object proxy, Method method, Object @Nullable [] args)
      throws Throwable {
    boolean equals = args != null && method.getName().equals("equals");
    return equals ? same(proxy, args[0]) : Services.pass(target, method, args);
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
    Object service = Services.pass(target, method, args);
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

  /** Tool runners and threads, so built that they call the proxy and not the target. */
  private @Nullable Object built(Object proxy, Method method, Object @Nullable [] args)
      throws Throwable {
    if (method.isDefault()) {
      return InvocationHandler.invokeDefault(proxy, method, args);
    }
    if (args != null
        && target instanceof MessageService service
        && args[0] instanceof ToolRunnerCreateParams params
        && args[1] instanceof RequestOptions options) {
      return toolRunner(service, params, options);
    }
    return Services.pass(target, method, args);
  }

  private BetaToolRunner toolRunner(
      MessageService service, ToolRunnerCreateParams params, RequestOptions options) {
    ToolRun run = new ToolRun();
    MessageService told =
        proxy(
            MessageService.class,
            new InstrumentedService(MessageService.class, service, settings, run));
    try {
      return new BetaToolRunner(told, services.runnersOptions(settings), params, options);
    } catch (LinkageError e) {
      // The constructor is the library's own affair: without it the runner works, unrecorded.
      return service.toolRunner(params, options);
    }
  }
}
