package io.onlooker.server.web;

import io.onlooker.ErrorData;
import io.onlooker.LogData;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole trace, of which sessions may be a part.
 *
 * @param logs lines that belong to no step shown
 * @param waterfall null when the raw view is asked for
 * @param raw null when the waterfall is asked for
 */
record TraceView(
    Frame frame,
    String traceId,
    StepAsk ask,
    String started,
    String startedExactly,
    String duration,
    int spans,
    long failed,
    List<SessionRow> sessions,
    List<LogData> logs,
    List<ErrorData> errors,
    @Nullable Waterfall waterfall,
    @Nullable Raw raw) {}
