/** Opens Onlooker in a Spring Boot application and instruments its beans. */
@NullMarked
package io.onlooker.springboot;

import org.jspecify.annotations.NullMarked;
