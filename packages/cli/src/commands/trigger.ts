/** `imcb trigger`: hands in an event, with the data of its example. */
import { isApiError } from '@im/client/api-error';
import type { Client } from '@im/client/client';
import type { Command } from 'commander';
import { readObject } from '../arguments.js';
import { CliError, EXIT } from '../exit-codes.js';
import type { Run } from '../run-command.js';
import type { Session } from '../session.js';

interface TriggerOptions {
  data?: string;
  conversation?: string;
  id?: string;
}

export function addTrigger(program: Command, session: Session, run: Run): void {
  const { trigger: text } = session.text;
  program
    .command('trigger')
    .description(text.description)
    .argument('<event>', text.event)
    .option('--data <json>', text.data)
    .option('--conversation <id>', text.conversation)
    .option('--id <id>', text.id)
    .action((event: string, options: TriggerOptions) =>
      run((signal) => trigger(session, event, options, signal)),
    );
}

async function trigger(
  session: Session,
  event: string,
  options: TriggerOptions,
  signal: AbortSignal,
): Promise<void> {
  const { out, text } = session;
  const { data, conversation, id } = options;
  const own = data === undefined ? undefined : await readObject(data, text, signal);
  const { client, appKey } = await session.inApp();
  const example = await exampleOf(client, event);
  if (!example && !own) throw new CliError(EXIT.notFound, text.trigger.noExample(event));
  const stored = await client.call('POST /apps/{appKey}/events', {
    params: { appKey },
    body: {
      ...{ event, data: { ...example, ...own } },
      ...(conversation !== undefined && { conversationId: conversation }),
      ...(id !== undefined && { id }),
    },
  });
  out.result(stored, text.trigger.done(event, stored.eventId, stored.deliveries));
}

/** @returns undefined: there is no such event type, or the token may not read it */
async function exampleOf(client: Client, eventName: string): Promise<Record<string, unknown> | undefined> {
  try {
    const { example } = await client.call('GET /event-types/{eventName}', { params: { eventName } });
    return example;
  } catch (error) {
    if (isApiError(error, 'not_found', 'forbidden')) return undefined;
    throw error;
  }
}
