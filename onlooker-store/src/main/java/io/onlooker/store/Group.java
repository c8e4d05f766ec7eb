package io.onlooker.store;

import org.jspecify.annotations.Nullable;

/**
 * What a query groups by; spans without the field form a group of their own, shown as null.
 *
 * <p>A span whose field has several values (see {@link Filter}) is in the group of each that
 * differs from the others, and counts in each of them; so the groups' counts may add up to more
 * than there are spans.
 *
 * @param label the name of its column, as the caller wrote it
 * @param bucketWidth makes groups of this width from a number or numeric text, each named by its
 *     lower end, {@code floor(number / width) * width}; what is no number joins the spans without
 *     the field, unless another value of the span is one. In milliseconds for {@code DURATION} and
 *     {@code TIMESTAMP}. Null groups by the value itself
 */
public record Group(String label, Field field, @Nullable Double bucketWidth) {}
