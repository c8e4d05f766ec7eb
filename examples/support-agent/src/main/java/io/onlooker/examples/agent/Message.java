package io.onlooker.examples.agent;

/** Something that was said: by the {@code system}, the {@code user}, the {@code assistant}. */
record Message(String role, String content) {}
