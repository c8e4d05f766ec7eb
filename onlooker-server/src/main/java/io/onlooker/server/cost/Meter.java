package io.onlooker.server.cost;

import java.util.Locale;

/** What a price counts; a row gives it in US dollars per million tokens. */
public enum Meter {
  INPUT,
  CACHED_INPUT,
  /** A write to the provider's cache for the provider's usual time, or a time not told. */
  CACHE_WRITE,
  CACHE_WRITE_5M,
  CACHE_WRITE_1H,
  CACHE_WRITE_12H,
  AUDIO_INPUT,
  OUTPUT,
  REASONING,
  AUDIO_OUTPUT,
  IMAGE_OUTPUT;

  /** The name in a price file: {@code cached_input}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
