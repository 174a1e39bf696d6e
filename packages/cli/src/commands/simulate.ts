/** `imcb simulate`: sends a recorded request of an IM server to a source. */
import type { Client } from '@im/client/client';
import type { Command } from 'commander';
import { CliError, EXIT } from '../exit-codes.js';
import type { Run } from '../run-command.js';
import type { Session } from '../session.js';

export function addSimulate(program: Command, session: Session, run: Run): void {
  const { simulate: text } = session.text;
  program
    .command('simulate')
    .description(text.description)
    .argument('<source>', text.source)
    .option('--command <name>', text.command)
    .action((source: string, { command }: { command?: string }) =>
      run(async () => {
        const { client, appKey } = await session.inApp();
        const sourceId = await findSource(session, client, appKey, source);
        const played = await client.call('POST /apps/{appKey}/sources/{sourceId}/test', {
          params: { appKey, sourceId },
          body: command === undefined ? {} : { command },
        });
        const { outcome, detail, answerStatus, answerBody, eventIds } = played;
        const lines = [
          `${played.command}  ${outcome}  ${detail}`.trim(),
          `${String(answerStatus)}  ${answerBody}`,
        ];
        session.out.result(played, ...lines, ...eventIds);
      }),
    );
}

/** The source of this kind, or of this id. */
async function findSource({ text }: Session, client: Client, appKey: string, named: string): Promise<string> {
  if (named.startsWith('ext:')) return named;
  const found: string[] = [];
  for await (const { sourceId, kind } of client.sources.list(appKey)) {
    if (sourceId === named) return sourceId;
    if (kind === named) found.push(sourceId);
  }
  const [only, ...others] = found;
  if (only === undefined) throw new CliError(EXIT.notFound, text.simulate.none(named));
  if (others.length > 0) throw new CliError(EXIT.usage, text.simulate.several(named, found.join(', ')));
  return only;
}
