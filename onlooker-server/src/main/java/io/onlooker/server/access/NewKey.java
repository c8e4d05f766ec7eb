package io.onlooker.server.access;

/**
 * A key on the day it was made.
 *
 * @param text the credential itself; this is the only time it is seen
 */
public record NewKey(Key key, String text) {}
