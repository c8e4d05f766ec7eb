package io.onlooker.springboot;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Looks at the properties of {@link ConditionalOnSwitch}. */
final class SwitchCondition implements Condition {

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    Map<String, @Nullable Object> given =
        metadata.getAnnotationAttributes(ConditionalOnSwitch.class.getName());
    return on(context.getEnvironment(), "onlooker.enabled")
        && (given == null
            || on(context.getEnvironment(), "onlooker." + given.get("value") + ".enabled"));
  }

  /** What is no boolean is complained about where it is bound. */
  private static boolean on(Environment environment, String property) {
    return !"false".equalsIgnoreCase(environment.getProperty(property));
  }
}
