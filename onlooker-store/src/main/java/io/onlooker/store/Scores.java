package io.onlooker.store;

import java.util.List;
import java.util.Set;

/** The part of a store that knows scores. Safe for many threads. */
public interface Scores {

  /** Keeps the score, in place of one with the same id. */
  void put(Score score);

  /** The scores of these, in order of time; of one name, the later is what holds. */
  List<Score> of(int project, Set<Score.Target> targets);

  /** Everything of the project that has a score. */
  Set<Score.Target> targets(int project);
}
