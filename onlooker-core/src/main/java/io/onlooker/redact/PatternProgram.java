package io.onlooker.redact;

import io.onlooker.redact.PatternNode.At;
import io.onlooker.redact.PatternNode.Choice;
import io.onlooker.redact.PatternNode.One;
import io.onlooker.redact.PatternNode.Place;
import io.onlooker.redact.PatternNode.Repeat;
import io.onlooker.redact.PatternNode.Sequence;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A pattern as steps of a machine that is in many of them at once (Thompson's construction).
 *
 * <p>The number of steps is bounded, and with it the work per character of a text.
 */
final class PatternProgram {

  static final int MOST_STEPS = 1000;

  /** One step; the numbers are those of other steps. */
  sealed interface Step {

    /** Goes on to the next step when the character is in the set. */
    record Take(CharSet set) implements Step {}

    /** Is in both steps at once. */
    record Fork(int one, int other) implements Step {}

    /** Goes on when the text is at such a place. */
    record Stand(Place place) implements Step {}

    /** A match ends here. */
    record Match() implements Step {}
  }

  private final String pattern;
  private final List<Step> steps = new ArrayList<>();

  private PatternProgram(String pattern) {
    this.pattern = pattern;
  }

  /**
   * The steps of a pattern, from the first on.
   *
   * @throws InvalidPatternException when it is not of the grammar, takes too many steps, or matches
   *     the empty text
   */
  static Step[] of(String pattern) {
    PatternProgram program = new PatternProgram(pattern);
    program.emit(PatternParser.parse(pattern), pattern.length());
    program.add(new Step.Match(), pattern.length());
    Step[] steps = program.steps.toArray(Step[]::new);
    if (reachable(steps).get(steps.length - 1)) {
      throw new InvalidPatternException(
          pattern, pattern.length(), "matches the empty text", "at least one character");
    }
    return steps;
  }

  /** The steps the machine can be in before the first character. */
  static BitSet reachable(Step[] steps) {
    BitSet reached = new BitSet(steps.length);
    int[] waiting = new int[steps.length * 2 + 1];
    int count = 1;
    while (count > 0) {
      int at = waiting[--count];
      if (reached.get(at)) {
        continue;
      }
      reached.set(at);
      if (steps[at] instanceof Step.Fork fork) {
        count = push(waiting, count, fork.one(), reached);
        count = push(waiting, count, fork.other(), reached);
      } else if (steps[at] instanceof Step.Stand) {
        count = push(waiting, count, at + 1, reached);
      }
    }
    return reached;
  }

  private static int push(int[] waiting, int count, int step, BitSet reached) {
    if (reached.get(step)) {
      return count;
    }
    waiting[count] = step;
    return count + 1;
  }

  /** Depth is bounded by the parser, so that this may call itself. */
  private void emit(PatternNode node, int position) {
    if (node instanceof One one) {
      add(new Step.Take(one.set()), position);
    } else if (node instanceof At at) {
      add(new Step.Stand(at.place()), position);
    } else if (node instanceof Sequence sequence) {
      sequence.parts().forEach(part -> emit(part, position));
    } else if (node instanceof Choice choice) {
      emitChoice(choice.parts(), position);
    } else if (node instanceof Repeat repeat) {
      emitRepeat(repeat);
    }
  }

  private void emitChoice(List<PatternNode> parts, int position) {
    List<Integer> exits = new ArrayList<>();
    for (int i = 0; i < parts.size() - 1; i++) {
      int fork = add(new Step.Match(), position);
      emit(parts.get(i), position);
      exits.add(add(new Step.Match(), position));
      steps.set(fork, new Step.Fork(fork + 1, steps.size()));
    }
    emit(parts.get(parts.size() - 1), position);
    for (int exit : exits) {
      steps.set(exit, new Step.Fork(steps.size(), steps.size()));
    }
  }

  private void emitRepeat(Repeat repeat) {
    int position = repeat.position();
    for (int i = 0; i < repeat.fewest(); i++) {
      emit(repeat.part(), position);
    }
    if (repeat.most() == Repeat.UNBOUNDED) {
      int fork = add(new Step.Match(), position);
      emit(repeat.part(), position);
      add(new Step.Fork(fork, fork), position);
      steps.set(fork, new Step.Fork(fork + 1, steps.size()));
      return;
    }
    List<Integer> forks = new ArrayList<>();
    for (int i = repeat.fewest(); i < repeat.most(); i++) {
      forks.add(add(new Step.Match(), position));
      emit(repeat.part(), position);
    }
    for (int fork : forks) {
      steps.set(fork, new Step.Fork(fork + 1, steps.size()));
    }
  }

  private int add(Step step, int position) {
    if (steps.size() == MOST_STEPS) {
      throw new InvalidPatternException(
          pattern, position, "takes more than " + MOST_STEPS + " steps", "smaller counts");
    }
    steps.add(step);
    return steps.size() - 1;
  }
}
