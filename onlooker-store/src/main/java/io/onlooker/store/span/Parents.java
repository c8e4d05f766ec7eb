package io.onlooker.store.span;

import io.onlooker.SpanData;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds each span's parent, and an order in which parents come first. */
final class Parents {

  private static final byte ON_PATH = 1;
  private static final byte DONE = 2;

  private Parents() {}

  /** The index of each span's parent, or -1; a circle is cut above its earliest span. */
  static int[] of(List<SpanData> spans) {
    Map<String, Integer> index = HashMap.newHashMap(spans.size());
    for (int i = 0; i < spans.size(); i++) {
      index.put(spans.get(i).spanId(), i);
    }
    int[] parents = new int[spans.size()];
    for (int i = 0; i < parents.length; i++) {
      String parent = spans.get(i).parentSpanId();
      parents[i] = parent == null ? -1 : index.getOrDefault(parent, -1);
    }
    cutCircles(parents);
    return parents;
  }

  /** Depth first, siblings by index. */
  static int[] topDown(int[] parents) {
    int n = parents.length;
    int[] firstChild = filled(n);
    int[] nextSibling = filled(n);
    int firstRoot = -1;
    for (int i = n - 1; i >= 0; i--) {
      int parent = parents[i];
      nextSibling[i] = parent < 0 ? firstRoot : firstChild[parent];
      if (parent < 0) {
        firstRoot = i;
      } else {
        firstChild[parent] = i;
      }
    }
    return walk(firstRoot, parents, firstChild, nextSibling);
  }

  private static int[] walk(int from, int[] parents, int[] firstChild, int[] nextSibling) {
    int[] order = new int[parents.length];
    int at = from;
    for (int i = 0; i < order.length; i++) {
      order[i] = at;
      int next = firstChild[at];
      while (next < 0 && at >= 0) {
        next = nextSibling[at];
        at = parents[at];
      }
      at = next;
    }
    return order;
  }

  private static void cutCircles(int[] parents) {
    byte[] state = new byte[parents.length];
    for (int i = 0; i < parents.length; i++) {
      int at = mark(i, parents, state, (byte) 0, ON_PATH);
      boolean circle = at >= 0 && state[at] == ON_PATH;
      mark(i, parents, state, ON_PATH, DONE);
      if (circle) {
        parents[earliest(at, parents)] = -1;
      }
    }
  }

  /** Walks up over all in one state, puts them into the next, and says where it stopped. */
  private static int mark(int from, int[] parents, byte[] state, byte over, byte to) {
    int at = from;
    while (at >= 0 && state[at] == over) {
      state[at] = to;
      at = parents[at];
    }
    return at;
  }

  private static int earliest(int onCircle, int[] parents) {
    int earliest = onCircle;
    for (int at = parents[onCircle]; at != onCircle; at = parents[at]) {
      earliest = Math.min(earliest, at);
    }
    return earliest;
  }

  private static int[] filled(int n) {
    int[] array = new int[n];
    Arrays.fill(array, -1);
    return array;
  }
}
