package io.onlooker.server.access;

import java.time.Instant;

/** A tenant: its items are seen by nobody else. */
public record Project(int id, String name, Instant created) {}
