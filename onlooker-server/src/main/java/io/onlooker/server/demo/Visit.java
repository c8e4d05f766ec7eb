package io.onlooker.server.demo;

import java.time.Instant;

/**
 * One person's question to an agent.
 *
 * @param number tells it from all others, from 0
 * @param kind which question is asked
 * @param warehouseSlow whether the order system takes its time
 */
record Visit(
    int number,
    Instant start,
    String agent,
    String provider,
    String model,
    String user,
    String conversation,
    int kind,
    Fate fate,
    boolean warehouseSlow) {}
