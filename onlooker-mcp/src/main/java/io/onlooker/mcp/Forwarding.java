package io.onlooker.mcp;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** What stands before an object of the SDK's and hands on what it does not care for. */
abstract class Forwarding implements InvocationHandler {

  private static final Object[] NONE = {};

  private final Object target;

  Forwarding(Object target) {
    this.target = target;
  }

  static <T> T proxy(Class<T> type, Forwarding handler) {
    Object proxy = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    return type.cast(proxy);
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // a proxy is equal to itself alone
  public final @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args)
      throws Throwable {
    Object[] all = args == null ? NONE : args;
    if (method.getName().equals("equals") && all.length == 1) {
      return proxy == all[0];
    }
    return call(method, all);
  }

  abstract @Nullable Object call(Method method, Object[] args) throws Throwable;

  final @Nullable Object pass(Method method, Object... args) throws Throwable {
    try {
      return method.invoke(target, args);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
