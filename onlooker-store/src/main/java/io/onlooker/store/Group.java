package io.onlooker.store;

import org.jspecify.annotations.Nullable;

/**
 * What a query groups by; spans without the field form a group of their own, shown as null.
 *
 * @param label the name of its column, as the caller wrote it
 * @param bucketWidth makes groups of this width from a number or numeric text, each named by its
 *     lower end, {@code floor(number / width) * width}; what is no number joins the spans without
 *     the field. In milliseconds for {@code DURATION} and {@code TIMESTAMP}. Null groups by the
 *     value itself
 */
public record Group(String label, Field field, @Nullable Double bucketWidth) {}
