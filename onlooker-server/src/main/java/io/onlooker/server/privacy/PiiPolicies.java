package io.onlooker.server.privacy;

import io.onlooker.redact.RedactionRules;
import io.onlooker.server.access.Access;
import io.onlooker.server.access.Setting;
import org.jspecify.annotations.Nullable;

/** The policies of all projects, as the settings hold them. Safe for many threads. */
public final class PiiPolicies {

  private static final String NAME = "pii";

  /** What stands before the rules of a project that has switched redaction off. */
  private static final String OFF = "off ";

  private final Access access;

  public PiiPolicies(Access access) {
    this.access = access;
  }

  /** The rules of a project, in force or not. */
  public RedactionRules rules(int project) {
    return of(project).rules();
  }

  /** Whether SDKs of the project redact at all. */
  public boolean enabled(int project) {
    return of(project).enabled();
  }

  /** Puts these rules in the place of whatever is there. */
  public void change(int project, boolean enabled, RedactionRules rules) {
    put(project, new PiiPolicy(enabled, rules), null);
  }

  PiiPolicy of(int project) {
    Setting setting = access.setting(project, NAME);
    if (setting == null) {
      return PiiPolicy.USUAL;
    }
    boolean off = setting.value().startsWith(OFF);
    String rules = off ? setting.value().substring(OFF.length()) : setting.value();
    return new PiiPolicy(!off, PiiPolicy.versioned(RedactionRules.parse(rules), setting.version()));
  }

  /**
   * Whether the policy is in force now.
   *
   * @param expected the version that it is to replace, or null for whatever is there
   */
  boolean put(int project, PiiPolicy policy, @Nullable Long expected) {
    String value = (policy.enabled() ? "" : OFF) + policy.rules().toJson();
    return access.putSetting(project, NAME, value, expected);
  }
}
