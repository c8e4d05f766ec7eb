// A page that a customer checks out on, recorded by Sentry's browser SDK.
import * as Sentry from '@sentry/browser';

Sentry.init({
  dsn: new URLSearchParams(location.search).get('dsn'),
  integrations: [Sentry.browserTracingIntegration()],
  tracesSampleRate: 1,
  release: 'shop-front@1',
});
Sentry.startSpan({ name: 'Checkout', op: 'ui.action', attributes: { 'cart.item_count': 3 } }, () => {});
