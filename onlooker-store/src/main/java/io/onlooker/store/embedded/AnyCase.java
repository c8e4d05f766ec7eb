package io.onlooker.store.embedded;

/** Text in the form in which letters of either case are the same, as the engine's {@code lower}. */
final class AnyCase {

  private AnyCase() {}

  static String fold(String text) {
    int[] folded = text.codePoints().map(Character::toLowerCase).toArray();
    return new String(folded, 0, folded.length);
  }
}
