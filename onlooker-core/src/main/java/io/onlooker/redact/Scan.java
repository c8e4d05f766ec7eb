package io.onlooker.redact;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One pass over one text: stops at trigger characters and asks the finders there.
 *
 * <p>Holds what finders know about the text so far. Not thread-safe, used once.
 */
final class Scan {

  final String text;
  final int length;

  /** The text once more: reading an array is much faster than asking a string. */
  private final char[] chars;

  final Candidates candidates = new Candidates();

  /** The groups of digits from the trigger on. */
  final Row row = new Row();

  private final Triggers triggers;

  /** Behind the last JSON escape: what stands before is not attached to what follows. */
  private int border;

  /** Behind the last finding: nothing inside it is looked at again. */
  private int resume;

  /** Up to where runs of key characters were seen to hold no key, by sort of run. */
  private @Nullable Map<Run, Integer> barren;

  private long work;

  Scan(String text, Triggers triggers) {
    this.text = text;
    this.length = text.length();
    this.chars = text.toCharArray();
    this.triggers = triggers;
  }

  void run() {
    int at = next(0);
    while (at < length) {
      at = next(look(at));
    }
    work += length;
  }

  /** How many characters were read, those read twice counted twice. */
  long work() {
    return work;
  }

  void worked(int characters) {
    work += characters;
  }

  void found(PiiKind kind, int start, int end) {
    candidates.add(kind.name(), start, end);
    resume = Math.max(resume, end);
  }

  /** The character, or NUL outside the text. */
  char at(int position) {
    return position >= 0 && position < length ? chars[position] : '\0';
  }

  int border() {
    return border;
  }

  /** Whether a letter, digit or escape's letter stands directly before. */
  boolean attachedBefore(int start) {
    return start < border || (start > border && letterOrDigit(start - 1));
  }

  boolean attachedAfter(int end) {
    return letterOrDigit(end);
  }

  /** The end of the run of digits, at most 20 of them. */
  int digitsEnd(int from) {
    int end = from;
    int limit = Math.min(length, from + Row.LONGEST_GROUP);
    while (end < limit && Chars.isDigit(chars[end])) {
      end++;
    }
    work += end - from;
    return end;
  }

  /** The end of the run of characters of the sorts. */
  int runEnd(int from, int sorts) {
    int end = from;
    while (end < length && Chars.is(chars[end], sorts)) {
      end++;
    }
    work += end - from;
    return end;
  }

  boolean holdsDigit(int from, int to) {
    for (int i = from; i < to; i++) {
      if (Chars.is(chars[i], Chars.DIGIT)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a run that reaches over the position was seen to hold nothing. */
  boolean barren(Run run, int start) {
    return barren != null && start < barren.getOrDefault(run, 0);
  }

  void markBarren(Run run, int end) {
    if (barren == null) {
      barren = new EnumMap<>(Run.class);
    }
    barren.merge(run, end, Math::max);
  }

  private int next(int from) {
    char[] chars = this.chars;
    boolean[] marked = triggers.marked;
    int at = from;
    for (; at < chars.length; at++) {
      char c = chars[at];
      if (c < 128 ? marked[c] : Chars.isWideDigit(c)) {
        break;
      }
    }
    return at;
  }

  /** Asks the finders at a trigger; returns where to go on. */
  private int look(int at) {
    char c = chars[at];
    if (c == '\\') {
      return escape(at);
    }
    resume = at + 1;
    if (Chars.isDigit(c)) {
      return lookAtDigits(at, c);
    }
    for (Finder finder : triggers.at(c)) {
      finder.find(this, at);
    }
    return resume;
  }

  /** Most numbers are counts, dates and parts of names, which what stands around them tells. */
  private int lookAtDigits(int at, char c) {
    int end = digitsEnd(at);
    boolean behindCapital = Chars.is(at(at - 1), Chars.UPPER);
    if (behindCapital || (Row.mayBegin(this, at, end) && !attachedBefore(at))) {
      row.read(this, at);
      if (behindCapital || row.tells()) {
        for (Finder finder : triggers.at(c)) {
          finder.find(this, at);
        }
      }
    }
    return restOfDigits(Math.max(resume, end));
  }

  /** A row of digits is looked at from its first digit only. */
  private int restOfDigits(int from) {
    int at = from;
    if (at < length && Chars.isDigit(chars[at - 1])) {
      while (at < length && Chars.isDigit(chars[at])) {
        at++;
      }
    }
    work += at - from;
    return at;
  }

  private int escape(int at) {
    char name = at(at + 1);
    if (name == 'u' && hexDigits(at + 2) == 4) {
      border = at + 6;
    } else if ("nrtbf".indexOf(name) >= 0) {
      border = at + 2;
    } else {
      return at + 1;
    }
    return border;
  }

  private int hexDigits(int from) {
    int count = 0;
    while (count < 4 && Chars.is(at(from + count), Chars.HEX)) {
      count++;
    }
    return count;
  }

  private boolean letterOrDigit(int position) {
    char c = at(position);
    return Chars.isLetterOrDigit(c) || Chars.isWideDigit(c);
  }
}
