package io.onlooker;

/**
 * Decides whether a trace is recorded: asked once for its first span, on the caller's thread; all
 * spans below follow. A trace that was continued from elsewhere follows the decision made there.
 *
 * <p>A sampler that throws is counted as a yes: no data is lost by its mistake.
 */
@FunctionalInterface
public interface Sampler {

  /**
   * Whether to record the trace.
   *
   * @param root what the first span is to be
   * @param fraction from 0.0 (inclusive) to 1.0 (exclusive), fixed by the trace id, so that every
   *     process that asks decides alike
   */
  boolean sample(SpanOptions root, double fraction);

  /** Records every trace. */
  static Sampler always() {
    return (root, fraction) -> true;
  }

  /** Records no trace; what is left out is counted as {@link Drop#UNSAMPLED}. */
  static Sampler never() {
    return (root, fraction) -> false;
  }

  /**
   * Records this part of the traces.
   *
   * @throws IllegalArgumentException when the ratio is not within 0.0 to 1.0
   */
  static Sampler ratio(double ratio) {
    if (!(ratio >= 0 && ratio <= 1)) {
      throw new IllegalArgumentException("ratio: " + ratio + " (expected: 0.0 to 1.0)");
    }
    return (root, fraction) -> fraction < ratio;
  }
}
