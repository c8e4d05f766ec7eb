package io.onlooker.anthropic;

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
    if (Services.asks(method)) {
      Object[] given = args == null ? NOTHING : args;
      return new Call(target, method, given, services, settings).make();
    }
    if (Services.builds(method)) {
      return Services.pass(services.sendingNoted(settings), method, args);
    }
    return Services.leading(method.getReturnType())
        ? leading(method, args)
        : Services.pass(target, method, args);
  }

  private @Nullable Object ofObject(Object proxy, Method method, Object @Nullable [] args)
      throws Throwable {
    if (args != null && method.getName().equals("equals")) {
      return same(proxy, args[0]);
    }
    return Services.pass(target, method, args);
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
}
