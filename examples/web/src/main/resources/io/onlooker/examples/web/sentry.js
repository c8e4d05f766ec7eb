import * as Sentry from "@sentry/browser";

const settings = await (await fetch("/settings.json")).json();
Sentry.init({
  dsn: settings.dsn || undefined,
  tracesSampleRate: 1.0,
  enableLogs: true,
  // A request is below the click that asked for it, not below the page.
  parentSpanIsAlwaysRootSpan: false,
  integrations: [Sentry.browserTracingIntegration()],
});

export * from "@sentry/browser";
