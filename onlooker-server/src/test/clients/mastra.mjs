// A support agent of Mastra's with one tool: node mastra.mjs sentry|otel
import { Mastra } from '@mastra/core';
import { Agent } from '@mastra/core/agent';
import { createTool } from '@mastra/core/tools';
import { Observability } from '@mastra/observability';
import { OtelExporter } from '@mastra/otel-exporter';
import { SentryExporter } from '@mastra/sentry';
import { z } from 'zod';

const throughSentry = () => {
  // snippet: mastra-sentry
  // SENTRY_DSN=http://KEY@localhost:8600/1
  const exporter = new SentryExporter({ dsn: process.env.SENTRY_DSN, environment: 'qa', tracesSampleRate: 1 });
  // end
  return exporter;
};
const throughOpenTelemetry = () => {
  // snippet: mastra-otel
  // OTLP_URL=http://localhost:8600/v1/traces
  const exporter = new OtelExporter({
    provider: {
      custom: {
        endpoint: process.env.OTLP_URL,
        protocol: 'http/protobuf',
        headers: { authorization: `Bearer ${process.env.KEY}` },
      },
    },
  });
  // end
  return exporter;
};
const exporters = { sentry: throughSentry, otel: throughOpenTelemetry };

const checkOrder = createTool({
  id: 'check_order',
  description: 'Check order status by order ID',
  inputSchema: z.object({ orderId: z.string() }),
  execute: async () => ({ status: 'on its way' }),
});
const support = new Agent({
  id: 'support',
  name: 'Support',
  instructions: 'You are a friendly customer support agent.',
  model: { id: 'openai/gpt-4o-mini', url: process.env.MODEL_URL, apiKey: 'key' },
  tools: { check_order: checkOrder },
});
const observability = new Observability({
  configs: { onlooker: { serviceName: 'shop', exporters: [exporters[process.argv[2]]()] } },
});
const mastra = new Mastra({ agents: { support }, observability, logger: false });

const answer = await mastra.getAgent('support').generate('Where is ORD-6?', { tracingOptions: { metadata: { userId: 'user-42' } } });
console.log(answer.text);
await observability.shutdown();
process.exit(0);
