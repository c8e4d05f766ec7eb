package io.onlooker.langchain4j;

import io.onlooker.Onlooker;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stands before one of LangChain4j's objects and passes on what it does not know: a proxy, because
 * the library's interfaces grow, and a class that implements them would swallow new methods.
 */
abstract class Forwarding implements InvocationHandler {

  private final Object target;

  Forwarding(Object target) {
    this.target = target;
  }

  /** What a proxy of ours stands before, or the object itself. */
  static Object bare(Object object) {
    return Proxy.isProxyClass(object.getClass())
            && Proxy.getInvocationHandler(object) instanceof Forwarding forwarding
        ? forwarding.target
        : object;
  }

  static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  /** A proxy of all interfaces that the target has, one at least. */
  static Object proxyOfAll(Object target, InvocationHandler handler) {
    Set<Class<?>> all = interfaces(target);
    ClassLoader loader = all.iterator().next().getClassLoader();
    return Proxy.newProxyInstance(loader, all.toArray(Class<?>[]::new), handler);
  }

  /** All interfaces that an object has, its class's own first. */
  static Set<Class<?>> interfaces(Object target) {
    Set<Class<?>> all = new LinkedHashSet<>();
    for (Class<?> at = target.getClass(); at != null; at = at.getSuperclass()) {
      all.addAll(Arrays.asList(at.getInterfaces()));
    }
    return all;
  }

  @Override
  public final @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args)
      throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return method.getName().equals("equals") && args != null
          ? same(proxy, args[0])
          : pass(method, args);
    }
    return args == null ? callWithout(proxy, method) : call(proxy, method, args);
  }

  @SuppressWarnings("ReferenceEquality") // equal when they are the same
  private static boolean same(Object proxy, @Nullable Object other) {
    return proxy == other;
  }

  /** A call with arguments. */
  abstract @Nullable Object call(Object proxy, Method method, Object[] args) throws Throwable;

  /** A call without arguments. */
  @Nullable Object callWithout(Object proxy, Method method) throws Throwable {
    return pass(method, null);
  }

  /** Calls as if there were no proxy: what is thrown is the target's own. */
  final @Nullable Object pass(Method method, Object @Nullable [] args) throws Throwable {
    if (Proxy.isProxyClass(target.getClass())) {
      // An AI service's interface may be its package's own, and then only its handler can be asked.
      return Proxy.getInvocationHandler(target).invoke(target, method, args);
    }
    try {
      method.trySetAccessible();
      return method.invoke(target, args);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      throw cause == null ? e : cause;
    }
  }

  /** The same as a body, for what runs around it. */
  @SuppressWarnings("NullAway") // a body's result may be null, which is not seen of a lambda
  final Onlooker.Body<@Nullable Object, Throwable> passing(
      Method method, Object @Nullable [] args) {
    return () -> pass(method, args);
  }

  /**
   * Calls a convenience that leads to another method of the interface, so that the other one is
   * seen here too; where the target has its own, calls that.
   */
  final @Nullable Object lead(Object proxy, Method method, Object[] args) throws Throwable {
    Method own = target.getClass().getMethod(method.getName(), method.getParameterTypes());
    return own.equals(method)
        ? InvocationHandler.invokeDefault(proxy, method, args)
        : pass(method, args);
  }
}
