/** `imcb redeliver`: deliveries again, by id or by filter. */
import type { Command } from 'commander';
import { readPairs } from '../arguments.js';
import { CliError, EXIT } from '../exit-codes.js';
import type { Run } from '../run-command.js';
import type { Session } from '../session.js';

export function addRedeliver(program: Command, session: Session, run: Run): void {
  const { redeliver: text } = session.text;
  program
    .command('redeliver')
    .description(text.description)
    .argument('[ids...]', text.ids)
    .option('--filter <name=value...>', text.filter)
    .action((ids: string[], { filter }: { filter?: string[] }) => run(() => redeliver(session, ids, filter)));
}

async function redeliver(session: Session, ids: string[], filter: string[] | undefined): Promise<void> {
  const { out, text } = session;
  if (ids.length > 0 === (filter !== undefined)) throw new CliError(EXIT.usage, text.redeliver.which);
  const body = filter === undefined ? { deliveryIds: ids } : { filter: readPairs(filter, text) };
  const { client, appKey } = await session.inApp();
  const result = await client.call('POST /apps/{appKey}/deliveries/redeliver', {
    params: { appKey },
    // The service checks names and values.
    body,
  });
  out.result(result, text.redeliver.done(result.accepted, result.skipped));
}
