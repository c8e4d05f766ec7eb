/**
 * Pages: HTML from what the store finds. Reads the store and nothing else; knows no protocol and no
 * HTTP library.
 */
@NullMarked
package io.onlooker.server.web;

import org.jspecify.annotations.NullMarked;
