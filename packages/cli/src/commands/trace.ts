/** `imcb trace`: why an event did or did not arrive. */
import type { Client } from '@im/client/client';
import type { TracedWebhook, TraceKey, TracePage } from '@im/contracts/api/trace';
import type { Command } from 'commander';
import { CliError, EXIT } from '../exit-codes.js';
import type { Run } from '../run-command.js';
import type { Session } from '../session.js';

const OWN_IDS: readonly TraceKey[] = ['eventId', 'deliveryId', 'callbackId'];
const FOREIGN_IDS: readonly TraceKey[] = ['messageId', 'conversationId', 'userId'];
const KEYS: readonly TraceKey[] = [...OWN_IDS, ...FOREIGN_IDS];
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

export function addTrace(program: Command, session: Session, run: Run): void {
  const { trace: text } = session.text;
  program
    .command('trace')
    .description(text.description)
    .argument('<id>', text.id)
    .option('--as <kind>', text.as)
    .action((id: string, { as }: { as?: string }) => run(() => trace(session, id, as)));
}

async function trace(session: Session, id: string, as: string | undefined): Promise<void> {
  const { out, text } = session;
  const asked = KEYS.find((key) => key === as);
  if (as !== undefined && !asked) throw new CliError(EXIT.usage, text.trace.badKey(KEYS.join(', ')));
  const { client, appKey } = await session.inApp();
  const keys = asked ? [asked] : UUID.test(id) ? KEYS : FOREIGN_IDS;
  const page = await firstFound(client, appKey, id, keys);
  if (page.data.length === 0) {
    const why = page.reason?.text[session.language] ?? '';
    throw new CliError(EXIT.notFound, why === '' ? id : why);
  }
  for (const event of page.data) {
    const head = `${event.event}  ${event.eventId}  ${event.receivedAt}`;
    out.result(event, head, ...event.webhooks.flatMap((webhook) => linesOf(webhook, session)));
  }
}

/** Ids of all kinds may look alike, so each kind is asked for in turn. */
async function firstFound(
  client: Client,
  appKey: string,
  id: string,
  keys: readonly TraceKey[],
): Promise<TracePage> {
  let page: TracePage | undefined;
  for (const key of keys) {
    page = await client.call('GET /apps/{appKey}/trace', { params: { appKey }, query: { [key]: id } });
    if (page.data.length > 0) return page;
  }
  if (!page) throw new Error('Nothing was asked for');
  return page;
}

function linesOf(
  { name, outcome, answer, next, deliveries }: TracedWebhook,
  { language, text }: Session,
): string[] {
  const attempts = deliveries.flatMap(({ attemptLog }) =>
    attemptLog.flatMap(({ attempt, responseStatus, errorClass, durationMs, diagnosis }) => [
      `    ${text.trace.attempt(attempt, String(responseStatus ?? errorClass ?? '-'), Math.round(durationMs))}`,
      ...(diagnosis ? [`      ${diagnosis.cause[language]} ${diagnosis.advice[language]}`] : []),
    ]),
  );
  return [
    `  ${name}: ${outcome}. ${answer[language]}`,
    ...attempts,
    ...(next ? [`    → ${next.text[language]}`] : []),
  ];
}
