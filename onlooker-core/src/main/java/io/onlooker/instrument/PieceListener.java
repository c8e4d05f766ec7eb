package io.onlooker.instrument;

/** Is told about the pieces of an answer while the caller takes them. Nothing of it may throw. */
public interface PieceListener {

  /** The next piece; false when the caller is not to see it. */
  boolean piece(Object piece);

  /** There are no more. */
  void complete();

  /** The next one could not be had, and the caller gets this. */
  void failed(Throwable failure);
}
