package io.onlooker.server.web;

/**
 * A page that could not be made.
 *
 * @param detail names the thing, its value and what was expected
 * @param again the address that tries it once more
 */
record Problem(Frame frame, String title, String detail, String again) {}
