package io.onlooker.export;

/** Something that the sender's thread looks after between payloads. */
interface Waiting {

  /** Sends what is there. */
  void push();

  /** Sends what is old enough; the nanoseconds until more is, or as good as never. */
  long pushDue();
}
