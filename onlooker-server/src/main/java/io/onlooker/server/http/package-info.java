/** The only package that knows the HTTP library; everybody else sees requests and responses. */
@NullMarked
package io.onlooker.server.http;

import org.jspecify.annotations.NullMarked;
