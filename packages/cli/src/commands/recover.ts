/** `imcb recover`: replays of many deliveries at once. */
import type { Client } from '@im/client/client';
import type { RecoverableStatus, Recovery } from '@im/contracts/api/recoveries';
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { readInstant, readList } from '../arguments.js';
import { CliError, EXIT } from '../exit-codes.js';
import type { Run } from '../run-command.js';
import type { Session } from '../session.js';

interface RecoverOptions {
  from: string;
  to?: string;
  status: string;
  rate?: string;
  events?: string;
  dryRun?: boolean;
  wait?: boolean;
}

const LOOK_MS = 1_000;

export function addRecover(program: Command, session: Session, run: Run): void {
  const { recover: text } = session.text;
  program
    .command('recover')
    .description(text.description)
    .argument('<webhook>', text.webhook)
    .requiredOption('--from <when>', text.from)
    .option('--to <when>', text.to)
    .option('--status <status>', text.status, 'failed')
    .option('--rate <n>', text.rate)
    .option('--events <events>', text.events)
    .option('--dry-run', text.dryRun)
    .option('--wait', text.wait)
    .action((webhookId: string, options: RecoverOptions) =>
      run((signal) => recover(session, webhookId, options, signal)),
    );
}

async function recover(
  session: Session,
  webhookId: string,
  options: RecoverOptions,
  signal: AbortSignal,
): Promise<void> {
  const { out, text } = session;
  const body = requestOf(session, options);
  const { client, appKey } = await session.inApp();
  const params = { appKey, webhookId };
  const answer = await client.call('POST /apps/{appKey}/webhooks/{webhookId}/recover', { params, body });
  if (!('recoveryId' in answer)) {
    const { count, estimatedSeconds, isCountFinal } = answer;
    out.result(answer, text.recover.estimate(count, estimatedSeconds, isCountFinal));
    return;
  }
  if (options.wait !== true) out.result(answer, progressOf(session, answer));
  else await untilEnded(session, client, answer, signal);
}

function requestOf({ text }: Session, options: RecoverOptions) {
  const now = new Date();
  const events = readList(options.events);
  return {
    from: readInstant(options.from, now, text),
    to: options.to === undefined ? now.toISOString() : readInstant(options.to, now, text),
    // The service checks it.
    status: options.status as RecoverableStatus,
    ...(options.rate !== undefined && { ratePerSecond: Number(options.rate) }),
    ...(events.length > 0 && { events }),
    dryRun: options.dryRun === true,
  };
}

async function untilEnded(
  session: Session,
  client: Client,
  started: Recovery,
  signal: AbortSignal,
): Promise<void> {
  const { appKey, webhookId, recoveryId } = started;
  const params = { appKey, webhookId, recoveryId };
  let recovery = started;
  while (recovery.state === 'running' || recovery.state === 'paused') {
    session.out.note(progressOf(session, recovery));
    await pause(LOOK_MS, undefined, { signal });
    recovery = await client.call('GET /apps/{appKey}/webhooks/{webhookId}/recoveries/{recoveryId}', {
      params,
      signal,
    });
  }
  session.out.result(recovery, progressOf(session, recovery));
  if (recovery.state !== 'completed') {
    throw new CliError(EXIT.refused, session.text.recover.ended(recovery.state));
  }
}

function progressOf({ text }: Session, recovery: Recovery): string {
  const { recoveryId, state, scheduled, pending, total, isTotalFinal } = recovery;
  return text.recover.progress(recoveryId, state, scheduled - pending, isTotalFinal ? total : null);
}
