@NullMarked
package io.onlooker.store.query;

import org.jspecify.annotations.NullMarked;
