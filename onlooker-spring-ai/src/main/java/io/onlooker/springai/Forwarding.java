package io.onlooker.springai;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** What stands before an object of Spring AI's, of which versions add methods. */
abstract class Forwarding<T> implements InvocationHandler {

  final T target;

  Forwarding(T target) {
    this.target = target;
  }

  /** The one that its users get. */
  static <T> T proxy(Class<T> type, Forwarding<T> before) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, before));
  }

  /** Calls the method of the object; throws what that throws. */
  final @Nullable Object forward(Method method, Object @Nullable [] args) throws Throwable {
    try {
      return method.invoke(target, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
