package io.onlooker.server.privacy;

import io.onlooker.redact.RedactionRules;

/**
 * How a project wants personal data treated before it leaves an application.
 *
 * @param enabled whether SDKs redact at all
 * @param rules their version is that of the setting, {@code 0} for a project that never set any
 */
record PiiPolicy(boolean enabled, RedactionRules rules) {

  static final PiiPolicy USUAL = new PiiPolicy(true, versioned(RedactionRules.BUILT_IN, 0));

  static RedactionRules versioned(RedactionRules rules, long version) {
    return new RedactionRules(
        Long.toString(version),
        rules.kinds(),
        rules.patterns(),
        rules.hiddenPaths(),
        rules.secretKeys());
  }

  String version() {
    return String.valueOf(rules.version());
  }
}
