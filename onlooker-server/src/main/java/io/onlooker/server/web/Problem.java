package io.onlooker.server.web;

import org.jspecify.annotations.Nullable;

/**
 * A page that could not be made.
 *
 * @param detail names the thing, its value and what was expected
 * @param hint what still works, or who can help; or null
 * @param again the address that tries it once more
 * @param shorter the address that asks for less, or null
 * @param id under which the server's log has more, or null
 */
record Problem(
    Frame frame,
    String title,
    String detail,
    @Nullable String hint,
    String again,
    @Nullable String shorter,
    @Nullable String id) {}
