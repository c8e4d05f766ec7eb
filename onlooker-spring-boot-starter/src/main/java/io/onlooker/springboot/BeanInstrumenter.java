package io.onlooker.springboot;

import io.onlooker.Onlooker;
import java.lang.System.Logger.Level;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.Ordered;

/**
 * Instruments beans of some types as they are made.
 *
 * <p>Left alone are beans that are declared as a class: somebody may want them injected as that
 * class, which an instrumented one is not; and those that the application instrumented itself.
 */
final class BeanInstrumenter implements BeanPostProcessor, Ordered {

  private static final System.Logger LOGGER = System.getLogger("io.onlooker");

  private final ConfigurableListableBeanFactory beans;
  private final List<Kind<?>> kinds;

  /**
   * @param beans asked for the {@link Onlooker} only when there is a bean to instrument
   */
  BeanInstrumenter(ConfigurableListableBeanFactory beans, Kind<?>... kinds) {
    this.beans = beans;
    this.kinds = List.of(kinds);
  }

  /** After those that make proxies of their own, which look at the class they find. */
  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String beanName) {
    for (Kind<?> kind : kinds) {
      if (kind.type.isInstance(bean) && !instrumented(bean)) {
        return instrument(kind, bean, beanName);
      }
    }
    return bean;
  }

  private Object instrument(Kind<?> kind, Object bean, String beanName) {
    Class<?> declared = declared(beanName);
    if (!kind.inPlace && (declared == null || !declared.isAssignableFrom(kind.type))) {
      String as = declared == null ? bean.getClass().getName() : declared.getName();
      LOGGER.log(
          Level.INFO,
          "bean {0}: declared as {1} (expected: {2}); not instrumented",
          beanName,
          as,
          kind.type.getName());
      return bean;
    }
    Onlooker onlooker;
    try {
      onlooker = beans.getBeanProvider(Onlooker.class).getIfUnique(Onlooker::current);
    } catch (BeanCreationException e) {
      // One of its parts needs this bean, which is then not the application's work. Whatever else
      // is wrong with it ends the start by itself.
      return bean;
    }
    Object[] result = {bean};
    if (onlooker.enabled()) {
      onlooker.guarded(
          "instrumenting a " + kind.type.getSimpleName(),
          () -> result[0] = kind.apply(bean, onlooker));
    }
    return result[0];
  }

  /** What the bean is known as to those who want it injected; null for one without a definition. */
  private @Nullable Class<?> declared(String beanName) {
    if (!beans.containsBeanDefinition(beanName)) {
      return null;
    }
    Class<?> type = beans.getMergedBeanDefinition(beanName).getResolvableType().resolve();
    boolean factory = type != null && FactoryBean.class.isAssignableFrom(type);
    return factory ? beans.getType(beanName) : type;
  }

  private static boolean instrumented(Object bean) {
    return Proxy.isProxyClass(bean.getClass())
        && Proxy.getInvocationHandler(bean).getClass().getName().startsWith("io.onlooker.");
  }

  /**
   * Beans of this type, and what makes an instrumented one of one.
   *
   * @param inPlace whether that is the same bean
   */
  record Kind<T>(Class<T> type, boolean inPlace, BiFunction<T, Onlooker, T> instrument) {

    Kind(Class<T> type, BiFunction<T, Onlooker, T> instrument) {
      this(type, false, instrument);
    }

    static <T> Kind<T> inPlace(Class<T> type, BiConsumer<T, Onlooker> instrument) {
      return new Kind<>(
          type,
          true,
          (bean, onlooker) -> {
            instrument.accept(bean, onlooker);
            return bean;
          });
    }

    Object apply(Object bean, Onlooker onlooker) {
      return instrument.apply(type.cast(bean), onlooker);
    }
  }
}
