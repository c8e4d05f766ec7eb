package io.onlooker.server.web;

import java.util.List;

/** The model and tool steps of a run, one below the other. */
record Story(StepAsk ask, Slice slice, List<StepView> lines) {}
