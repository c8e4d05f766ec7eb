package io.onlooker;

/** What travels from an application to a store: a span, a log line or an error. */
public sealed interface Item permits SpanData, LogData, ErrorData {}
