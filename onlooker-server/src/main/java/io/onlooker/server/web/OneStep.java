package io.onlooker.server.web;

/**
 * A step on a page of its own.
 *
 * @param line open
 * @param up leads to the steps around it
 */
record OneStep(Frame frame, StepView line, String up) {}
