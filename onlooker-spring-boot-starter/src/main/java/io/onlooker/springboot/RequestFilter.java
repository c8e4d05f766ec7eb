package io.onlooker.springboot;

import io.onlooker.Onlooker;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.Ordered;

/**
 * Runs each request as a piece of work of its own: what it says about user and conversation does
 * not stay on the thread for the next one. Continues the caller's trace where that is wanted.
 */
final class RequestFilter implements Filter, Ordered {

  private static final List<String> TRACE_HEADERS =
      List.of("sentry-trace", "baggage", "traceparent");

  private final Onlooker onlooker;
  private final boolean continueTraces;

  RequestFilter(Onlooker onlooker, boolean continueTraces) {
    this.onlooker = onlooker;
    this.continueTraces = continueTraces;
  }

  /** Before security, so that what it finds out about the user is said within the request. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE + 10;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Map<String, List<String>> headers =
        continueTraces && request instanceof HttpServletRequest http ? headers(http) : Map.of();
    try {
      onlooker.<FilterChain, Exception>continueTrace(
          headers,
          () -> {
            chain.doFilter(request, response);
            return chain;
          });
    } catch (IOException | ServletException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new ServletException(e);
    }
  }

  private static Map<String, List<String>> headers(HttpServletRequest request) {
    Map<String, List<String>> headers = new HashMap<>();
    for (String name : TRACE_HEADERS) {
      headers.put(name, Collections.list(request.getHeaders(name)));
    }
    return headers;
  }
}
