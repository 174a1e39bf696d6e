/** Describes everything that is known of one event: answers to the sender, rows, arrivals and log lines. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Deployment } from '@im/testbed/deployment';
import type { ServerSupervisor } from '../chaos/server-supervisor.js';
import { readEventRows, withDatabase } from '../ledger/delivery-rows.js';
import type { Evidence, Violation } from '../proofs/evidence.js';

const MAX_LOG_LINES = 60;

interface Participants {
  deployment: Deployment;
  supervisor: ServerSupervisor;
}

export async function describeEvent(
  { text, sequence, channel }: Violation,
  evidence: Evidence,
  { deployment, supervisor }: Participants,
): Promise<string[]> {
  const event = evidence.events.find((each) => each.sequence === sequence);
  const arrivals = evidence.channels
    .filter(({ index }) => channel === undefined || index === channel)
    .flatMap((each) => each.arrivals.filter((arrival) => arrival.sequence === sequence));
  const rows = await withDatabase(deployment.databaseUrl, async (client) => {
    const found: string[] = [];
    for (const eventId of event?.eventIds ?? []) found.push(...(await readEventRows(client, eventId)));
    return found;
  });
  const ids = [...(event?.eventIds ?? []), ...arrivals.map(({ deliveryId }) => deliveryId)];
  return [
    text,
    `posted: ${JSON.stringify(event)}`,
    ...rows,
    ...arrivals.map(
      (arrival) => `arrival ${JSON.stringify({ ...arrival, at: new Date(arrival.atMs).toISOString() })}`,
    ),
    ...(await logLinesOf(supervisor.logFiles, ids)),
  ];
}

async function logLinesOf(files: readonly string[], ids: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const file of files) {
    const name = path.basename(file, '.log').replace(/^testbed_[0-9a-f]+-/, '');
    for (const line of (await readFile(file, 'utf8')).split('\n')) {
      if (ids.some((id) => line.includes(id))) found.push(`${name} ${line}`);
    }
  }
  return found.slice(0, MAX_LOG_LINES);
}
