// A support agent that asks a model, recorded by Sentry's Node SDK: node sentry-openai.mjs sentry10|sentry11
import OpenAI from 'openai';

const Sentry = await import(process.argv[2]);

// snippet: sentry-node
// SENTRY_DSN=http://KEY@localhost:8600/1
Sentry.init({ dsn: process.env.SENTRY_DSN, tracesSampleRate: 1, release: 'shop@1', environment: 'qa' });
// end
const openai = Sentry.instrumentOpenAiClient(
  new OpenAI({ apiKey: 'key', baseURL: process.env.MODEL_URL, maxRetries: 0 }),
  { recordInputs: true, recordOutputs: true });
const ask = (question) => openai.chat.completions.create(
  { model: 'gpt-4o-mini', messages: [{ role: 'user', content: question }] });

const agent = { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'Support', 'gen_ai.conversation.id': 'talk-1' };
await Sentry.startSpan({ name: 'invoke_agent Support', op: 'gen_ai.invoke_agent', attributes: agent }, async () => {
  await ask('Where is ORD-6?');
  const tool = { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'check_order' };
  await Sentry.startSpan({ name: 'execute_tool check_order', op: 'gen_ai.execute_tool', attributes: tool }, async () => {});
  await ask('And ORD-7?').catch(() => {});
});
await Sentry.close(10_000);
