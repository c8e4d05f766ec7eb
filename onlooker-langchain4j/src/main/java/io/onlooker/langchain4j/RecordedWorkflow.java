package io.onlooker.langchain4j;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** A workflow whose calls are followed, so that the end of one that fails is noticed. */
final class RecordedWorkflow extends Forwarding {

  private RecordedWorkflow(Object workflow) {
    super(workflow);
  }

  /** A builder whose workflows are recorded. */
  static <S> S builder(Class<? super S> type, S builder) {
    @SuppressWarnings("unchecked") // the builder has the type
    S recorded = (S) proxy(type, new Builder(builder));
    return recorded;
  }

  @Override
  @Nullable Object call(Object proxy, Method method, Object[] args) throws Throwable {
    return AgentMethods.asks(method)
        ? WorkflowCall.<@Nullable Object, Throwable>within(passing(method, args))
        : pass(method, args);
  }

  @Override
  @Nullable Object callWithout(Object proxy, Method method) throws Throwable {
    return AgentMethods.asks(method)
        ? WorkflowCall.<@Nullable Object, Throwable>within(passing(method, null))
        : pass(method, null);
  }

  private static final class Builder extends Forwarding {

    private final Object builder;

    Builder(Object builder) {
      super(builder);
      this.builder = builder;
    }

    @Override
    @Nullable Object call(Object proxy, Method method, Object[] args) throws Throwable {
      return onwards(proxy, pass(method, args));
    }

    @Override
    @Nullable Object callWithout(Object proxy, Method method) throws Throwable {
      Object result = onwards(proxy, pass(method, null));
      return result != null && method.getName().equals("build")
          ? proxyOfAll(result, new RecordedWorkflow(result))
          : result;
    }

    @SuppressWarnings("ReferenceEquality") // a builder returns itself
    private @Nullable Object onwards(Object proxy, @Nullable Object result) {
      return result == builder ? proxy : result;
    }
  }
}
