/** `imcb tail`: deliveries as they happen. */
import type { LiveDelivery } from '@im/contracts/api/live';
import type { Command } from 'commander';
import { clockText } from '../output.js';
import type { Run } from '../run-command.js';
import type { Session } from '../session.js';

interface TailOptions {
  webhook?: string;
  event?: string;
  status?: string;
}

export function addTail(program: Command, session: Session, run: Run): void {
  const { tail: text } = session.text;
  program
    .command('tail')
    .description(text.description)
    .option('--webhook <id>', text.webhook)
    .option('--event <event>', text.event)
    .option('--status <status>', text.status)
    .action((options: TailOptions) => run((signal) => tail(session, options, signal)));
}

async function tail(session: Session, options: TailOptions, signal: AbortSignal): Promise<void> {
  const { out, text } = session;
  const { client, appKey } = await session.inApp();
  let isOpen = false;
  const events = client.stream('GET /apps/{appKey}/live', {
    params: { appKey },
    signal,
    onOpen: () => {
      if (!isOpen) out.note(text.tail.watching);
      isOpen = true;
    },
  });
  try {
    for await (const { event, data } of events) {
      if (event === 'omitted') out.note(text.tail.missed);
      if (event !== 'delivery') continue;
      const delivery = data as LiveDelivery;
      if (isWanted(delivery, options)) out.result(delivery, lineOf(delivery));
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

function isWanted(delivery: LiveDelivery, { webhook, event, status }: TailOptions): boolean {
  if (webhook !== undefined && delivery.webhookId !== webhook) return false;
  if (status !== undefined && delivery.status !== status) return false;
  if (event === undefined) return true;
  return event.endsWith('.*') ? delivery.event.startsWith(event.slice(0, -1)) : delivery.event === event;
}

function lineOf({
  event,
  status,
  attempts,
  responseStatus,
  errorClass,
  durationMs,
  deliveryId,
}: LiveDelivery): string {
  const result = String(responseStatus ?? errorClass ?? '-');
  const took = durationMs === null ? '-' : `${String(Math.round(durationMs))} ms`;
  return [
    clockText(new Date()),
    status.padEnd(8),
    event,
    result,
    took,
    `#${String(attempts)}`,
    deliveryId,
  ].join('  ');
}
