package io.onlooker.springboot;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Conditional;

/** Matches unless {@code onlooker.enabled} or {@code onlooker.VALUE.enabled} is false. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Conditional(SwitchCondition.class)
@interface ConditionalOnSwitch {

  /** What can be switched off by itself. */
  String value();
}
