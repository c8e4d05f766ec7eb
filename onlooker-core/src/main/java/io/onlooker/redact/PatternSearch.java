package io.onlooker.redact;

import io.onlooker.redact.PatternProgram.Step;

/**
 * Looks for a pattern in one text: reads each character once, in all steps of the machine at once.
 *
 * <p>A thread is a step with the position its match began at. Threads stand in order of that, so of
 * two in the same step the later one is dropped: whatever it would match, the earlier one does too.
 * Threads that begin behind a match run on beside those that may still make it longer, so nothing
 * is read again when these fail.
 */
final class PatternSearch {

  private final OwnPattern pattern;
  private final String text;
  private final String kind;
  private final Budget budget;
  private final Candidates matches = new Candidates();
  private final int[] stack;

  /** In which round a step was entered last. */
  private final int[] entered;

  private int round;
  private Threads now;
  private Threads next;

  /** Threads that began behind this lie inside a match. */
  private int cut;

  PatternSearch(OwnPattern pattern, String text, String kind, Budget budget) {
    this.pattern = pattern;
    this.text = text;
    this.kind = kind;
    this.budget = budget;
    int size = pattern.steps.length;
    this.stack = new int[size * 2 + 1];
    this.entered = new int[size];
    this.now = new Threads(size);
    this.next = new Threads(size);
  }

  Candidates run() {
    round = 1;
    int at = 0;
    while (at < text.length()) {
      if (now.count == 0) {
        at = firstCandidate(at);
        if (at == text.length()) {
          break;
        }
      }
      enter(now, 0, at, at);
      at = step(at);
    }
    return matches;
  }

  private int firstCandidate(int from) {
    int at = from;
    while (at < text.length() && !pattern.mayBegin(text.charAt(at))) {
      at++;
    }
    budget.spend(at - from);
    return at;
  }

  private int step(int at) {
    int codePoint = text.codePointAt(at);
    int behind = at + Character.charCount(codePoint);
    round++;
    next.count = 0;
    cut = Integer.MAX_VALUE;
    for (int i = 0; i < now.count && now.starts[i] <= cut; i++) {
      int step = now.steps[i];
      if (((Step.Take) pattern.steps[step]).set().contains(codePoint)) {
        enter(next, step + 1, now.starts[i], behind);
      }
    }
    budget.spend(1 + now.count);
    Threads free = now;
    now = next;
    next = free;
    return behind;
  }

  /** Enters a step and all that follow without a character. */
  private void enter(Threads threads, int first, int start, int at) {
    int waiting = 0;
    stack[waiting++] = first;
    while (waiting > 0) {
      int step = stack[--waiting];
      if (entered[step] == round) {
        continue;
      }
      entered[step] = round;
      Step what = pattern.steps[step];
      if (what instanceof Step.Take) {
        threads.add(step, start);
      } else if (what instanceof Step.Fork fork) {
        stack[waiting++] = fork.other();
        stack[waiting++] = fork.one();
      } else if (what instanceof Step.Stand stand) {
        if (OwnPattern.isAt(stand.place(), text, at)) {
          stack[waiting++] = step + 1;
        }
      } else {
        matched(start, at);
      }
    }
  }

  private void matched(int start, int end) {
    matches.dropFrom(start);
    matches.add(kind, start, end);
    cut = start;
  }

  private static final class Threads {

    private final int[] steps;
    private final int[] starts;
    private int count;

    Threads(int size) {
      steps = new int[size];
      starts = new int[size];
    }

    void add(int step, int start) {
      steps[count] = step;
      starts[count++] = start;
    }
  }
}
