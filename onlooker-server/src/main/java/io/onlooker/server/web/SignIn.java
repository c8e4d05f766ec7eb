package io.onlooker.server.web;

import org.jspecify.annotations.Nullable;

/**
 * The sign-in page.
 *
 * @param next where to go afterwards: a path of this server
 */
record SignIn(Frame frame, String next, @Nullable String problem) {}
