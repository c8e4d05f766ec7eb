package io.onlooker.redact;

/** Rules made ready to be followed. Immutable. */
record CompiledRules(
    RedactionRules rules, Redactor redactor, SecretNames secrets, HiddenPaths hidden) {

  static CompiledRules of(RedactionRules rules, SaltedHash hash) {
    return new CompiledRules(
        rules,
        Redactor.of(rules, hash),
        new SecretNames(rules.secretKeys()),
        HiddenPaths.of(rules.hiddenPaths()));
  }
}
