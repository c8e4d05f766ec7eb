package io.onlooker.server.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import io.onlooker.server.http.Response;

/**
 * Makes a page from its template and sends it with the policy that keeps strangers' text harmless.
 */
final class Html {

  /** Nothing but our own files runs, styles, loads or receives a form; nobody may frame a page. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'";

  private final TemplateEngine templates =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Html.class.getClassLoader(), Html.class.getPackageName());

  Response page(int status, String template, Record model) {
    MarkedOutput output = MarkedOutput.create();
    templates.render(template + ".jte", model, output);
    // no-cache, not no-store: the latter would also empty the browser's Back.
    return Response.html(status, output.html())
        .with("content-security-policy", POLICY)
        .with("x-content-type-options", "nosniff")
        .with("referrer-policy", "same-origin")
        .with("cross-origin-opener-policy", "same-origin")
        .with("cache-control", "no-cache, private");
  }
}
