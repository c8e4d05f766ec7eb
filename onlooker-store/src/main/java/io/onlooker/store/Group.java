package io.onlooker.store;

import org.jspecify.annotations.Nullable;

/**
 * What a query groups by; spans without the field form a group of their own, shown as null.
 *
 * @param label the name of its column, as the caller wrote it
 * @param bucketWidth makes groups of this width from a number, each named by its lower end; null
 *     groups by the value itself
 */
public record Group(String label, Field field, @Nullable Double bucketWidth) {}
