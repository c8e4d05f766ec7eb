package io.onlooker.server.http;

import com.linecorp.armeria.common.FlagsProvider;

/**
 * What the library should not refuse: somebody may search for a text with {@code ../} in it. No
 * query ever becomes a path.
 */
public final class QueryFlags implements FlagsProvider {

  /** For the library, which finds this class by its name. */
  public QueryFlags() {}

  @Override
  public int priority() {
    return 10;
  }

  @Override
  public Boolean allowDoubleDotsInQueryString() {
    return true;
  }
}
