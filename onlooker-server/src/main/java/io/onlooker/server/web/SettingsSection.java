package io.onlooker.server.web;

import io.onlooker.server.http.Request;

/** One page of the settings: what it shows, and what its forms do. Safe for many threads. */
interface SettingsSection {

  /** What the page shows. */
  sealed interface Body
      permits ProjectSection.View,
          KeysSection.View,
          RedactionForm.View,
          PricesSection.View,
          RetentionSection.View,
          PeopleSection.View,
          YouSection.View {}

  /**
   * The page.
   *
   * @param form what was sent, empty when the page is only looked at
   */
  Body show(Pages.Visit visit, Request request, FormBody form);

  /**
   * Does what the form's button says; a section without forms knows none.
   *
   * @param all whether whoever asks may change all projects, not this one alone
   */
  default Done change(Pages.Visit visit, FormBody form, boolean all) {
    return Done.unknown(form);
  }
}
