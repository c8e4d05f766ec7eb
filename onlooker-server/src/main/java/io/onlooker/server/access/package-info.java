/** Who may do what: projects, their keys, and the browser's sign-in. */
@NullMarked
package io.onlooker.server.access;

import org.jspecify.annotations.NullMarked;
