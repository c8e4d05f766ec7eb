package io.onlooker.server.web;

import org.jspecify.annotations.Nullable;

/** A project that has received nothing yet: how to send the first event. */
record NoData(Frame frame, @Nullable String dsn) {}
