package io.onlooker.server.web;

import org.jspecify.annotations.Nullable;

/**
 * A project that has received nothing yet: how to send the first event.
 *
 * @param dsn null when no key's text is known
 * @param token what a form carries; empty when this person may change nothing
 * @param host under which this browser knows the server
 */
record NoData(Frame frame, @Nullable String dsn, String token, String host) {}
