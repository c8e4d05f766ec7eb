package io.onlooker.server.access;

/**
 * What a project has set under one name.
 *
 * @param version 1 for the first value, one more with every change
 */
public record Setting(String value, long version) {}
