package io.onlooker.session;

import org.jspecify.annotations.Nullable;

/**
 * What answers: the one method of a home-made agent, as {@link OnlookerAgents} instruments it.
 *
 * @param <I> a question: a text, a request
 * @param <O> an answer
 * @param <X> what it may throw; {@code RuntimeException} for an agent that declares nothing
 */
@FunctionalInterface
public interface Agent<
    I extends @Nullable Object, O extends @Nullable Object, X extends Throwable> {

  O generate(I input) throws X;
}
