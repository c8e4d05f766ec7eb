import * as Sentry from "@sentry/browser";

const settings = await (await fetch("/settings.json")).json();
Sentry.init({
  dsn: settings.dsn || undefined,
  tracesSampleRate: 1.0,
  enableLogs: true,
  integrations: [Sentry.browserTracingIntegration()],
});

export * from "@sentry/browser";
